"""The rules of a schema, worked out a second time.

This module knows nothing of the C library. It reads the same schema tables,
parses the same rule language and decides every rule with fractions.Fraction,
as docs/SCHEMA.md says it. It is slow and plain on purpose: the tests in this
folder hold the program against it.

    families = load_families("schemas")
    part = read_form_file("report.csv", families["cchc"], "gia-lai-2022")
    for verdict in judge([part]):
        print(verdict)
"""

import csv
import math
import os
import re
import unicodedata
from collections import namedtuple
from fractions import Fraction
from functools import lru_cache

# ---------------------------------------------------------------- cells ----

VALUE, BLANK, MISSING, UNREADABLE = "value", "blank", "missing", "unreadable"

# decimals: how many digits are printed after the decimal mark.
Cell = namedtuple("Cell", "state value decimals")

NOT_THERE = Cell(MISSING, None, 0)
NOT_USABLE = Cell(UNREADABLE, None, 0)
NOT_FILLED = Cell(BLANK, None, 0)

BLANK_WORDS = {"", "-", "–", "—", "không báo", "chưa giao",
               "không phát sinh"}
MOST_DIGITS = 18


@lru_cache(maxsize=None)
def read_cell(literal, kind):
    """What the printed literal of a cell of this kind says."""
    text = unicodedata.normalize("NFC", literal).strip()
    if text.lower() in BLANK_WORDS:
        return NOT_FILLED
    if kind == "text":
        return Cell(VALUE, None, 0)
    return read_number(text, kind) or NOT_USABLE


def read_number(text, kind):
    """A number as these reports print it, or None."""
    if kind == "percent" and text.endswith("%"):
        text = text[:-1].rstrip()
    negative = text.startswith("-")
    if not re.fullmatch(r"-?[0-9]+([.,][0-9]+)*", text):
        return None
    fields = re.split(r"[.,]", text.lstrip("-"))
    marks = re.findall(r"[.,]", text)
    whole, decimals = split_number(fields, marks, kind)
    if whole is None or len(whole + decimals) > MOST_DIGITS:
        return None
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return Cell(VALUE, -value if negative else value, len(decimals))


def split_number(fields, marks, kind):
    """Digits before and after the decimal mark; None where neither."""
    def grouped(parts):
        return (len(parts) == 1 or
                (1 <= len(parts[0]) <= 3 and
                 all(len(part) == 3 for part in parts[1:])))

    if not marks:
        return fields[0], ""
    if len(marks) == 1:
        if kind != "percent" and grouped(fields):
            return "".join(fields), ""
        return fields[0], fields[1]
    if len(set(marks)) == 1 and grouped(fields):
        return "".join(fields), ""
    if (len(set(marks[:-1])) == 1 and marks[-1] not in marks[:-1]
            and grouped(fields[:-1])):
        return "".join(fields[:-1]), fields[-1]
    return None, None


# --------------------------------------------------------------- schema ----

Indicator = namedtuple(
    "Indicator", "form code name label unit kind level choices")
Role = namedtuple("Role", "role code parent")
Rule = namedtuple("Rule", "id check severity tree")


class Edition:
    def __init__(self, name, indicators):
        self.name = name
        self.indicators = indicators
        self.by_name = {each.name: each for each in indicators}

    def kind(self, name):
        return self.by_name[name].kind if name in self.by_name else None


class Family:
    """The tables of one folder. `roles` is empty for a form family."""

    def __init__(self, name, rules, roles, editions):
        self.name = name
        self.rules = rules
        self.roles = roles
        self.editions = editions

    def is_table(self):
        return bool(self.roles)

    def role_of(self, code):
        for role in self.roles:
            if role.code == code:
                return role
        for role in self.roles:
            if role.code == "#" and re.fullmatch("[0-9]+", code):
                return role
        return None

    def parent_roles(self):
        return {role.parent for role in self.roles if role.parent}


def load_families(folder):
    """All families below a folder of schemas: {name: Family}."""
    families = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(os.path.join(path, "rules.csv")):
            families[name] = load_family(name, path)
    return families


def load_family(name, path):
    rules, roles, editions = [], [], {}
    for entry in sorted(os.listdir(path)):
        if not entry.endswith(".csv") or entry == "family.csv":
            continue
        rows = read_rows(os.path.join(path, entry))
        if entry == "rules.csv":
            rules = [Rule(row["id"], row["check"], row["severity"],
                          parse_rule(row["check"])) for row in rows]
        elif entry == "roles.csv":
            roles = [Role(row["role"], row["code"], row["parent"])
                     for row in rows]
        else:
            editions[entry[:-4]] = Edition(entry[:-4], [
                Indicator(*(row[field] for field in Indicator._fields))
                for row in rows])
    return Family(name, rules, roles, editions)


def read_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


# ------------------------------------------------------- rule language ----
#
# A rule becomes nested tuples:
#   ("if", condition, consequence)    ("and", parts)  ("or", parts)
#   ("not", part)    ("reported", ref)  ("blank", ref)
#   ("relation", linear, sign, linear)
#   ("in", ref, numbers)    ("percent", ref, linear, linear)
# A linear form is (constant, [(coefficient, operand), ...]); an operand is
# ("ref", name, role or None), ("children", name) or ("previous", name).

TOKEN = re.compile(r"\s*(?:([a-z][a-z0-9_]*)|([0-9]+(?:\.[0-9]+)?)"
                   r"|(<=|>=|!=|[=<>+*(),{}@-]))")
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
        if name in ("children", "previous") and self.accept("("):
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


# ----------------------------------------------------------- submission ----


class Unit:
    """One set of facts: a form family has one, a table one per row."""

    def __init__(self, code=None, name=None, role=None, parent=None):
        self.code = code
        self.name = name
        self.role = role
        self.parent = parent        # the Unit above, if any
        self.cells = {}             # indicator name -> Cell

    def cell(self, name):
        return self.cells.get(name, NOT_THERE)


class Part:
    """What a submission brings for one family."""

    def __init__(self, family, edition, units):
        self.family = family
        self.edition = edition
        self.units = units

    def children(self, unit):
        return [each for each in self.units if each.parent is unit]


def put_cell(unit, name, cell):
    """Bind a cell; a second cell that says something else spoils it."""
    if name in unit.cells and unit.cells[name] != cell:
        cell = NOT_USABLE
    unit.cells[name] = cell


def link_units(family, units):
    """Give every row of a table its role and the row it belongs to."""
    last = {}
    for unit in units:
        role = family.role_of(unit.code)
        unit.role = role.role if role else None
        unit.parent = last.get(role.parent) if role and role.parent else None
        if role:
            last[role.role] = unit


def read_form_file(path, family, edition_name):
    """A file with form,code,label,unit,value,note. The label wins over the
    code; of several rows of that label the one after the last row taken."""
    edition = family.editions[edition_name]
    unit = Unit()
    place = -1
    for row in read_rows(path):
        place = find_row(edition.indicators, row, place)
        found = edition.indicators[place]
        if found.kind != "group":
            put_cell(unit, found.name, read_cell(row["value"], found.kind))
    return Part(family, edition, [unit])


def find_row(indicators, row, last):
    def key(text):
        return " ".join(unicodedata.normalize("NFC", text).lower().split())

    def rank(place):
        each = indicators[place]
        return (key(each.label) != key(row["label"]),
                each.code != row["code"], place <= last)

    places = [place for place, each in enumerate(indicators)
              if each.form == row["form"] and
              (key(each.label) == key(row["label"]) or
               (row["code"] and each.code == row["code"]))]
    if not places:
        raise ValueError("no row for %r" % row)
    return min(places, key=rank)


def read_table_file(path, family, edition_name):
    """A file with the machine names as its heading."""
    edition = family.editions[edition_name]
    units = []
    for row in read_rows(path):
        unit = Unit(row["stt"], row["unit_name"])
        for name, literal in row.items():
            if name in edition.by_name:
                put_cell(unit, name, read_cell(literal, edition.kind(name)))
        units.append(unit)
    link_units(family, units)
    return Part(family, edition, units)


# ------------------------------------------------------------- verdicts ----

HOLDS, ROUNDING, FAILS, UNKNOWN = "holds", "rounding", "fails", "unknown"

# rule is a Rule, unit the Unit it was applied to in part.
Instance = namedtuple("Instance", "rule part unit")
Verdict = namedtuple("Verdict", "rule unit verdict reason")

# A cell in a linear form; key tells cells apart, side is "left" or "right".
Term = namedtuple("Term", "key factor cell kind side")


def applies(rule, family, edition):
    """Does the edition have every indicator of its family in the rule?"""
    return all(each[1] in edition.by_name for each in operands(rule.tree)
               if each[0] != "ref" or each[2] is None)


def instances(parts):
    """Every rule on every set of facts that it applies to."""
    found = []
    for part in parts:
        for rule in part.family.rules:
            if not applies(rule, part.family, part.edition):
                continue
            needs_children = any(each[0] == "children"
                                 for each in operands(rule.tree))
            for unit in part.units:
                if (not needs_children or
                        unit.role in part.family.parent_roles()):
                    found.append(Instance(rule, part, unit))
    return found


def judge(parts):
    """All verdicts on a submission, one a rule and unit."""
    return [Verdict(each.rule.id, each.unit.code, *decide(each, parts))
            for each in instances(parts)]


def resolve(operand, instance, parts):
    """The cells that an operand stands for: [(key, cell, kind)].

    key is (part, unit, name), or None for what no row stands for."""
    nothing = [(None, NOT_THERE, None)]
    part, unit = instance.part, instance.unit
    if operand[0] == "previous":
        return nothing
    if operand[0] == "children":
        units = part.children(unit)
    elif operand[2] is None:
        units = [unit]
    else:
        part, units = find_role(operand, parts)
    name = operand[1]
    return [((part, each, name), each.cell(name), part.edition.kind(name))
            for each in units] or nothing


def find_role(operand, parts):
    _, name, role = operand
    for part in parts:
        if (role in [each.role for each in part.family.roles]
                and name in part.edition.by_name):
            return part, [each for each in part.units
                          if each.role == role][:1]
    return None, []


def decide(instance, parts):
    """(verdict, reason) of one rule on one set of facts."""
    return Decision(instance, parts).rule(instance.rule.tree)


def worst(cells):
    """The reason that weighs most among cells that say no number."""
    states = {cell.state for cell in cells}
    for state in (UNREADABLE, MISSING, BLANK):
        if state in states:
            return state
    return None


class Decision:
    def __init__(self, instance, parts):
        self.instance = instance
        self.parts = parts

    def cells(self, operand):
        return resolve(operand, self.instance, self.parts)

    # Whole rules and consequences.

    def rule(self, tree):
        if tree[0] == "if":
            truth, reason = self.truth(tree[1])
            if truth is None:
                return UNKNOWN, reason
            return self.rule(tree[2]) if truth else (HOLDS, None)
        if tree[0] == "percent":
            return self.percent(tree)
        if tree[0] == "relation":
            return self.relation(tree, lenient=True)
        truth, reason = self.truth(tree)
        if truth is None:
            return UNKNOWN, reason
        return (HOLDS if truth else FAILS), None

    # Conditions: True, False or None, and why if None.

    def truth(self, tree):
        if tree[0] == "not":
            truth, reason = self.truth(tree[1])
            return (None if truth is None else not truth), reason
        if tree[0] in ("and", "or"):
            return self.joined(tree)
        if tree[0] in ("reported", "blank"):
            cell = self.cells(tree[1])[0][1]
            if cell.state == MISSING:
                return None, MISSING
            return (cell.state == BLANK) == (tree[0] == "blank"), None
        if tree[0] == "in":
            cell = self.cells(tree[1])[0][1]
            if cell.state != VALUE:
                return None, cell.state
            return cell.value in tree[2], None
        verdict, reason = self.relation(tree, lenient=False)
        if verdict == UNKNOWN:
            return None, reason
        return verdict == HOLDS, None

    def joined(self, tree):
        decisive = tree[0] == "or"
        results = [self.truth(part) for part in tree[1]]
        if any(truth is decisive for truth, _ in results):
            return decisive, None
        reasons = [reason for truth, reason in results if truth is None]
        if not reasons:
            return not decisive, None
        return None, min(reasons, key=(UNREADABLE, MISSING, BLANK).index)

    # Linear relations. D is left minus right.

    def linear(self, linear, sign=1, side="right"):
        constant, terms = linear
        found = []
        for factor, operand in terms:
            for key, cell, kind in self.cells(operand):
                found.append(Term(key, sign * factor, cell, kind, side))
        return sign * constant, found

    def relation(self, tree, lenient):
        _, left, sign, right = tree
        left_constant, left_terms = self.linear(left, 1, "left")
        right_constant, right_terms = self.linear(right, -1, "right")
        terms = merge(left_terms + right_terms)
        if worst(term.cell for term in terms) == UNREADABLE:
            return UNKNOWN, UNREADABLE
        known = left_constant + right_constant + sum(
            term.factor * term.cell.value for term in terms
            if term.cell.state == VALUE)
        slack = slack_of(terms) if lenient else 0
        open_terms = [term for term in terms
                      if term.cell.state != VALUE and term.factor]
        if not open_terms:
            return decided(known, sign, slack)
        return undecided(known, sign, slack, open_terms, lenient)

    # Percentages.

    def percent(self, tree):
        _, ref, above, below = tree
        printed = self.cells(ref)[0][1]
        a, a_terms = self.linear(above)
        b, b_terms = self.linear(below)
        a_terms, b_terms = merge(a_terms), merge(b_terms)
        outside = [printed] + [term.cell for term in b_terms]
        everything = outside + [term.cell for term in a_terms]
        if UNREADABLE in {cell.state for cell in everything}:
            return UNKNOWN, UNREADABLE
        if worst(outside):
            return UNKNOWN, worst(everything)
        a += sum(term.factor * term.cell.value for term in a_terms
                 if term.cell.state == VALUE)
        b += sum(term.factor * term.cell.value for term in b_terms)
        if b == 0:
            return UNKNOWN, "zero-denominator"
        if b < 0:
            return FAILS, None
        scale = 10 ** printed.decimals
        p, x = printed.value * scale, 100 * scale * a / b
        unknown = [term for term in a_terms if term.cell.state != VALUE]
        if unknown:
            return open_percent(p, x, unknown)
        if p in (half_up(x), half_even(x)):
            return HOLDS, None
        if p == math.floor(x):
            return ROUNDING, "truncated"
        if p == math.ceil(x):
            return ROUNDING, "rounded-up"
        if reachable(printed, a, slack_of(a_terms), b, slack_of(b_terms)):
            return ROUNDING, "addends-rounded"
        return FAILS, None


def merge(terms):
    """One term for each cell, however often the rule names it."""
    merged = []
    for term in terms:
        for place, other in enumerate(merged):
            if term.key is not None and other.key == term.key:
                side = "left" if "left" in (term.side, other.side) else "right"
                merged[place] = other._replace(
                    factor=other.factor + term.factor, side=side)
                break
        else:
            merged.append(term)
    return merged


def slack_of(terms):
    """How far the printed amounts may lie from what they stand for."""
    return sum((abs(term.factor) / (2 * 10 ** term.cell.decimals)
                for term in terms
                if term.kind == "amount" and term.cell.state == VALUE),
               Fraction(0))


def holds_at(difference, sign):
    return {"=": difference == 0, "!=": difference != 0,
            "<": difference < 0, "<=": difference <= 0,
            ">": difference > 0, ">=": difference >= 0}[sign]


def decided(known, sign, slack):
    if holds_at(known, sign):
        return HOLDS, None
    if abs(known) < slack:
        return ROUNDING, "addends-rounded"
    return FAILS, None


def undecided(known, sign, slack, open_terms, lenient):
    """A relation with cells that may be any number from 0 up."""
    reason = worst(term.cell for term in open_terms)
    rising = all(term.factor > 0 for term in open_terms)
    falling = all(term.factor < 0 for term in open_terms)
    if (sign == "=" and lenient and known == 0 and reason == BLANK
            and (rising or falling)
            and all(term.side == "right" for term in open_terms)):
        return HOLDS, "blank-as-zero"
    if rising:
        always = sign in (">", ">=", "!=") and holds_at(known, sign)
        never = sign in ("=", "<", "<=") and not holds_at(known, sign)
        never = never and (known > 0 or (known == 0 and sign == "<"))
    elif falling:
        always = sign in ("<", "<=", "!=") and holds_at(known, sign)
        never = sign in ("=", ">", ">=") and not holds_at(known, sign)
        never = never and (known < 0 or (known == 0 and sign == ">"))
    else:
        always = never = False
    if always:
        return HOLDS, None
    if never and not abs(known) < slack:
        return FAILS, None
    return UNKNOWN, reason


def open_percent(p, x, unknown):
    """Blanks above the line can only raise the percentage."""
    reason = worst(term.cell for term in unknown)
    if all(term.factor > 0 for term in unknown):
        if math.floor(x) > p:
            return FAILS, None
        if reason == BLANK and p in (half_up(x), half_even(x)):
            return HOLDS, "blank-as-zero"
    return UNKNOWN, reason


def half_up(x):
    """Rounded half away from zero."""
    return math.floor(abs(x) + Fraction(1, 2)) * (1 if x >= 0 else -1)


def half_even(x):
    return round(x)


def reachable(printed, a, a_slack, b, b_slack):
    """Can amounts that print as these give the printed percentage?"""
    if not a_slack and not b_slack:
        return False
    half = Fraction(1, 2 * 10 ** printed.decimals)
    infinite = math.inf
    least_b, most_b = max(b - b_slack, Fraction(0)), b + b_slack

    def ratio(top, bottom):
        return 100 * top / bottom if bottom else infinite * (top > 0 or -1)

    top, bottom = a + a_slack, a - a_slack
    if top == bottom == 0:
        return abs(printed.value) < half
    highest = ratio(top, least_b) if top > 0 else ratio(top, most_b)
    lowest = ratio(bottom, most_b) if bottom >= 0 else ratio(bottom, least_b)
    return lowest < printed.value + half and highest > printed.value - half


# ----------------------------------------------------------- arithmetic ----


def arithmetic(instance, parts):
    """(left, sign, right) of a rule whose cells are all numbers and which
    ends in a relation or a percentage; None otherwise."""
    tree = instance.rule.tree
    if tree[0] == "if":
        tree = tree[2]
    decision = Decision(instance, parts)
    if tree[0] == "relation":
        sides = [decision.linear(tree[1]), decision.linear(tree[3])]
    elif tree[0] == "percent":
        sides = [(Fraction(0), decision.linear((0, [(1, tree[1])]))[1]),
                 decision.linear(tree[2]), decision.linear(tree[3])]
    else:
        return None
    if any(term.cell.state != VALUE for _, terms in sides for term in terms):
        return None
    sums = [constant + sum(term.factor * term.cell.value for term in terms)
            for constant, terms in sides]
    if tree[0] == "relation":
        return sums[0], tree[2], sums[1]
    return (sums[0], "=", 100 * sums[1] / sums[2]) if sums[2] else None


def odd_zero(instance, parts):
    """A percentage of nothing that is not 0, or whose part is not 0."""
    tree = instance.rule.tree
    tree = tree[2] if tree[0] == "if" else tree
    decision = Decision(instance, parts)
    printed = decision.cells(tree[1])[0][1]
    constant, terms = decision.linear(tree[2])
    a = constant + sum(term.factor * term.cell.value for term in terms
                       if term.cell.state == VALUE)
    return printed.value != 0 or a != 0
