"""The language of the column `check`, read by recursive descent.

A rule becomes nested tuples:

    ("if", condition, consequence)   ("and", parts)   ("or", parts)
    ("not", part)   ("reported", ref)   ("blank", ref)
    ("relation", linear, sign, linear)
    ("in", ref, numbers)   ("percent", ref, linear, linear)

A linear form is (constant, [(coefficient, operand), ...]); an operand is
("ref", name, role or None), ("children", name), ("previous", name) or
("year_before", name).
"""

import re
from fractions import Fraction

TOKEN = re.compile(r"\s*(?:([a-z][a-z0-9_]*)|([0-9]+(?:\.[0-9]+)?)"
                   r"|(<=|>=|!=|[=<>+*(),{}@-]))")
REACHES = ("children", "previous", "year_before")
SIGNS = ("=", "<=", ">=", "<", ">", "!=")


class RuleError(Exception):
    pass


class Parser:
    def __init__(self, text):
        self.text = text
        self.tokens = []
        place = 0
        while text[place:].strip():
            match = TOKEN.match(text, place)
            if not match:
                raise RuleError("%r: cannot read at %d" % (text, place))
            self.tokens.append(match.group(match.lastindex))
            place = match.end()

    def next_is(self, *words):
        return bool(self.tokens) and self.tokens[0] in words

    def take(self, *words):
        if not self.tokens or (words and self.tokens[0] not in words):
            raise RuleError("%r: expected %s before %r" % (
                self.text, " or ".join(words) or "more", self.tokens[:1]))
        return self.tokens.pop(0)

    def accept(self, word):
        if self.next_is(word):
            self.tokens.pop(0)
            return True
        return False

    def rule(self):
        if self.accept("if"):
            condition = self.condition(False)
            self.take("then")
            tree = ("if", condition, self.condition(True))
        else:
            tree = self.condition(True)
        if self.tokens:
            raise RuleError("%r: left over: %r" % (self.text, self.tokens))
        return tree

    def condition(self, percent_allowed):
        """percent() may only be the whole of a rule or a consequence."""
        tree = self.joined("or", lambda: self.joined("and", self.negation))
        if contains_percent(tree) and not (percent_allowed and
                                           tree[0] == "percent"):
            raise RuleError("%r: percent() inside a condition" % self.text)
        return tree

    def joined(self, word, read):
        parts = [read()]
        while self.accept(word):
            parts.append(read())
        return parts[0] if len(parts) == 1 else (word, parts)

    def negation(self):
        if self.accept("not"):
            return ("not", self.negation())
        if self.accept("("):
            tree = self.joined("or",
                               lambda: self.joined("and", self.negation))
            self.take(")")
            return tree
        if self.next_is("reported", "blank") and self.tokens[1:2] == ["("]:
            word = self.take()
            self.take("(")
            tree = (word, self.ref(self.name()))
            self.take(")")
            return tree
        return self.relation()

    def relation(self):
        left = self.linear()
        if self.next_is("in"):
            self.take("in")
            self.take("{")
            numbers = [self.number()]
            while self.accept(","):
                numbers.append(self.number())
            self.take("}")
            return ("in", self.lone_ref(left), numbers)
        sign = self.take(*SIGNS)
        if (sign == "=" and self.next_is("percent")
                and self.tokens[1:2] == ["("]):
            self.take("percent")
            self.take("(")
            above = self.linear()
            self.take(",")
            below = self.linear()
            self.take(")")
            return ("percent", self.lone_ref(left), above, below)
        return ("relation", left, sign, self.linear())

    def lone_ref(self, linear):
        constant, terms = linear
        if (constant == 0 and len(terms) == 1 and terms[0][0] == 1
                and terms[0][1][0] == "ref"):
            return terms[0][1]
        raise RuleError("%r: one indicator expected" % self.text)

    def linear(self):
        constant, terms = Fraction(0), []
        factor = -1 if self.accept("-") else 1
        while True:
            if self.tokens and self.tokens[0][0].isdigit():
                number = self.number()
                if self.accept("*"):
                    terms.append((factor * number, self.operand()))
                else:
                    constant += factor * number
            else:
                terms.append((Fraction(factor), self.operand()))
            if not self.next_is("+", "-"):
                return constant, terms
            factor = -1 if self.take() == "-" else 1

    def operand(self):
        name = self.name()
        if name in REACHES and self.accept("("):
            inner = self.name()
            self.take(")")
            return (name, inner)
        return self.ref(name)

    def ref(self, name):
        return ("ref", name, self.name() if self.accept("@") else None)

    def name(self):
        token = self.take()
        if not token[0].isalpha():
            raise RuleError("%r: name expected, not %r" % (self.text, token))
        return token

    def number(self):
        token = self.take()
        if not token[0].isdigit():
            raise RuleError("%r: number expected, not %r"
                            % (self.text, token))
        return Fraction(token)


def contains_percent(tree):
    return any(node[0] == "percent" for node in nodes(tree))


def parse_rule(text):
    return Parser(text).rule()


def branches(tree):
    """The conditions directly below a condition."""
    if tree[0] in ("and", "or"):
        return tree[1]
    if tree[0] == "not":
        return [tree[1]]
    if tree[0] == "if":
        return [tree[1], tree[2]]
    return []


def nodes(tree):
    """A condition and all conditions below it."""
    return [tree] + [node for branch in branches(tree)
                     for node in nodes(branch)]


def operands(tree):
    """Every operand of a rule, in the order of its text."""
    if tree[0] in ("reported", "blank", "in"):
        return [tree[1]]
    if tree[0] == "relation":
        return [each for _, each in tree[1][1] + tree[3][1]]
    if tree[0] == "percent":
        return [tree[1]] + [each for _, each in tree[2][1] + tree[3][1]]
    return [each for branch in branches(tree) for each in operands(branch)]
