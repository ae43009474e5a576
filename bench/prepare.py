"""Writes what the benchmark needs from the tables of the schema.

    python3 bench/prepare.py FOLDER

FOLDER then has

    model.h     C code that makes and spoils the numbers of one submission,
                for generate.c
    pivot.sql   the columns of the pivot for SQLite
    rules.sql   the rules as a SELECT each, for both databases
    rules.py    the same over dictionaries
    rules.R     the same over vectors
    names.csv   form, code and name of every row that has a code
    across.txt  the rules that are left out, because they look at another
                period: only parcheck judges them

All other rules of the edition are here, so that every program of the benchmark
does the same work; none of them is written by hand. Only one question is
asked of a rule: does it fail? What a blank may stand for decides as
docs/ARCHITECTURE.md says. Left out is what the data of the benchmark do not
have: amounts with decimals, negative numbers, and percentages with other
than two decimals. A row without a code cannot stand in the long table, and
the other families do not: to a rule these are missing, and so unknown.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))

# The rule language, read by the second implementation, which the tests hold
# against the library.
from facts import applies, load_families  # noqa: E402
from language import operands  # noqa: E402

FAMILY, EDITION = "cchc", "gia-lai-2022"
USED_KINDS = ("count", "amount", "percent", "choice")


# What a relation that fails must be instead.
OPPOSITE = {"=": (">", "<"), "<=": (">",), ">=": ("<",),
            "<": (">=",), ">": ("<=",)}


class Unsupported(Exception):
    pass


# ------------------------------------------------------- what fails -------
#
# A condition is one of
#
#   True, False, ("and", [...]), ("or", [...]), ("null", name), ("given", name)
#   ("compare", left, sign, right)
#   ("in", name, [...])   ("within", percent, above, below)
#
# A side is (constant, [(factor, name)...], strict): a blank cell of a strict
# side makes the condition unknown, one of another side counts as 0.


def looks_across(rule):
    return any(operand[0] != "ref" for operand in operands(rule.tree))


class Rules:
    def __init__(self, family, edition):
        self.edition = edition
        self.known = {each.name for each in edition.indicators
                      if each.code and each.kind in USED_KINDS}
        applied = [rule for rule in family.rules
                   if applies(rule, family, edition)]
        self.across = [rule for rule in applied if looks_across(rule)]
        self.all = [rule for rule in applied if not looks_across(rule)]

    def name(self, operand):
        """The name of an operand, or None for what is always missing."""
        _, name, role = operand
        return name if role is None and name in self.known else None

    def failing(self):
        """(id, condition) of each rule that can fail on this data."""
        found = [(rule.id, fails(rule.tree, self)) for rule in self.all]
        return [(name, condition) for name, condition in found
                if condition is not False]


def join(word, parts):
    decisive = word == "or"
    parts = [part for part in parts if part is not (not decisive)]
    if any(part is decisive for part in parts):
        return decisive
    if not parts:
        return not decisive
    return parts[0] if len(parts) == 1 else (word, parts)


def fails(tree, rules):
    if tree[0] == "if":
        return join("and", [holds(tree[1], rules), fails(tree[2], rules)])
    if tree[0] == "and":
        return join("or", [fails(part, rules) for part in tree[1]])
    if tree[0] == "or":
        return join("and", [fails(part, rules) for part in tree[1]])
    if tree[0] == "not":
        return holds(tree[1], rules)
    if tree[0] in ("reported", "blank"):
        return question(tree, rules, "null", "given")
    if tree[0] == "in":
        name = rules.name(tree[1])
        return ("in", name, [int(each) for each in tree[2]]) if name else False
    if tree[0] == "percent":
        return percent(tree, rules)
    if tree[2] not in OPPOSITE:
        raise Unsupported(tree[2])
    above, below = sides(tree, rules)
    return join("or", [compare(above, below, sign)
                       for sign in OPPOSITE[tree[2]]])


def holds(tree, rules):
    """Without taking a blank for 0."""
    if tree[0] == "and":
        return join("and", [holds(part, rules) for part in tree[1]])
    if tree[0] == "or":
        return join("or", [holds(part, rules) for part in tree[1]])
    if tree[0] == "not":
        return fails(tree[1], rules)
    if tree[0] in ("reported", "blank"):
        return question(tree, rules, "given", "null")
    if tree[0] == "relation":
        above, below = sides(tree, rules)
        return compare(above, below, tree[2])
    raise Unsupported(tree[0])


def question(tree, rules, if_reported, if_blank):
    name = rules.name(tree[1])
    if name is None:
        return False
    return (if_reported if tree[0] == "reported" else if_blank, name)


def sides(tree, rules):
    """Left minus right as two sums with positive factors."""
    constant = tree[1][0] - tree[3][0]
    above, below = [max(constant, 0), []], [max(-constant, 0), []]
    for factor, operand in tree[1][1] + [(-f, o) for f, o in tree[3][1]]:
        side = above if factor > 0 else below
        side[1].append((abs(factor), rules.name(operand)))
    for side in above, below:
        if side[0].denominator != 1 or any(f != 1 for f, _ in side[1]):
            raise Unsupported("factors and fractions")
    return (int(above[0]), above[1]), (int(below[0]), below[1])


def compare(above, below, sign):
    """A comparison that is so whatever the blank cells are: what is known
    above can only grow by them, and so can what is known below."""
    above_strict = sign in ("=", "<", "<=")
    below_strict = sign in ("=", ">", ">=")
    for side, strict in (above, above_strict), (below, below_strict):
        if strict and any(name is None for _, name in side[1]):
            return False
    for sign_down, small in ("<", below), (">", above):
        if sign == sign_down and not small[0] and not any(
                name for _, name in small[1]):
            return False  # nothing is below 0
    return ("compare", plain(above, above_strict), sign,
            plain(below, below_strict))


def plain(side, strict):
    return (side[0], [name for _, name in side[1] if name], strict)


def percent(tree, rules):
    printed = rules.name(tree[1])
    names = []
    for constant, terms in (tree[2], tree[3]):
        if constant or len(terms) != 1 or terms[0][0] != 1:
            raise Unsupported("sums in a percentage")
        names.append(rules.name(terms[0][1]))
    if None in (printed, *names):
        return False
    return ("within", printed, names[0], names[1])


# ------------------------------------------------------- programs ---------


class Printer:
    """Writes a condition in one language."""
    words = {"and": " AND ", "or": " OR "}
    equal = "="
    hundredths = True  # percentages are whole hundredths

    def __init__(self, rules):
        self.percents = {each.name for each in rules.edition.indicators
                         if each.kind == "percent"}

    def condition(self, tree):
        if tree[0] in ("and", "or"):
            return self.words[tree[0]].join(
                "(%s)" % self.condition(part) for part in tree[1])
        if tree[0] == "null":
            return self.null(tree[1])
        if tree[0] == "given":
            return self.given(tree[1])
        if tree[0] == "in":
            return self.not_in(tree[1], tree[2])
        if tree[0] == "within":
            return self.far(*tree[1:])
        _, left, sign, right = tree
        return self.compare(left, self.equal if sign == "=" else sign, right)

    def compare(self, left, sign, right):
        # Nothing is below 0, so that an unknown number alone on the larger
        # side needs no 0 in its place.
        percents = {name in self.percents for name in left[1] + right[1]}
        if len(percents) > 1:
            raise Unsupported("percentages beside other numbers")
        unit = 100 if self.hundredths and True in percents else 1
        return "%s %s %s" % (self.side(left, unit, sign == ">"), sign,
                             self.side(right, unit, sign == "<"))

    def side(self, side, unit, larger):
        constant, names, strict = side
        if strict or (larger and len(names) == 1 and not constant):
            parts = [self.value(name) for name in names]
        else:
            parts = [self.known(name) for name in names]
        if constant or not parts:
            parts.append(str(constant * unit))
        return " + ".join(parts)


class Sql(Printer):
    def value(self, name):
        return name

    def known(self, name):
        return "coalesce(%s, 0)" % name

    def null(self, name):
        return "%s IS NULL" % name

    def given(self, name):
        return "%s IS NOT NULL" % name

    def not_in(self, name, numbers):
        return "%s NOT IN (%s)" % (name, ", ".join(map(str, numbers)))

    def far(self, printed, above, below):
        # Less than one hundredth away it is rounded half up, half to even,
        # up or down.
        return "%s > 0 AND abs(%s * %s - 10000 * %s) >= %s" % (
            below, printed, below, above, below)


class R(Printer):
    words = {"and": " & ", "or": " | "}
    equal = "=="

    def value(self, name):
        return "v$%s" % name

    def known(self, name):
        return "known(v$%s)" % name

    def null(self, name):
        return "is.na(v$%s)" % name

    def given(self, name):
        return "!is.na(v$%s)" % name

    def not_in(self, name, numbers):
        return "!is.na(v$%s) & !(v$%s %%in%% c(%s))" % (
            name, name, ", ".join(map(str, numbers)))

    def far(self, printed, above, below):
        return "v$%s > 0 & abs(v$%s * v$%s - 10000 * v$%s) >= v$%s" % (
            below, printed, below, above, below)


class Python(Printer):
    """Over `v`, in which a blank is 0, and `blank`, the set of the blanks."""
    words = {"and": " and ", "or": " or "}
    equal = "=="
    hundredths = False

    def value(self, name):
        return "v[%r]" % name

    known = value

    def null(self, name):
        return "%r in blank" % name

    def given(self, name):
        return "%r not in blank" % name

    def compare(self, left, sign, right):
        text = super().compare(left, sign, right)
        strict = [name for side in (left, right) if side[2]
                  for name in side[1]]
        return " and ".join([text] + [self.given(name) for name in strict])

    def not_in(self, name, numbers):
        return "v[%r] not in (%s,) and %s" % (
            name, ", ".join(map(str, numbers)), self.given(name))

    def far(self, printed, above, below):
        return ("v[%r] > 0 and abs(v[%r] * v[%r] - 100 * v[%r]) >= "
                "v[%r] * HUNDREDTH and %s" % (
                    below, printed, below, above, below, " and ".join(
                        self.given(each) for each in
                        (printed, above, below))))


def write_programs(rules, folder):
    failing = rules.failing()
    with open(os.path.join(folder, "rules.sql"), "w") as stream:
        stream.write("\nUNION ALL ".join(
            "SELECT '%s' AS rule, unit, period FROM submissions WHERE %s"
            % (name, Sql(rules).condition(tree)) for name, tree in failing) + "\n")
    with open(os.path.join(folder, "rules.R"), "w") as stream:
        stream.write("rules <- list(\n%s)\n" % ",\n".join(
            '"%s" = function(v) %s' % (name, R(rules).condition(tree))
            for name, tree in failing))
    with open(os.path.join(folder, "rules.py"), "w") as stream:
        stream.write("from decimal import Decimal\n\n"
                     'HUNDREDTH = Decimal("0.01")\n\n\n'
                     "def failing(v, blank):\n%s" % "".join(
                         "    if %s:\n        yield %r\n"
                         % (Python(rules).condition(tree), name)
                         for name, tree in failing))


def write_names(rules, folder):
    with open(os.path.join(folder, "pivot.sql"), "w") as stream:
        stream.write("CREATE TABLE submissions AS SELECT unit, period%s\n"
                     "FROM numbers GROUP BY unit, period;\n" % "".join(
                         ",\n  max(value) FILTER (WHERE name = '%s') AS %s"
                         % (each.name, each.name)
                         for each in rules.edition.indicators
                         if each.name in rules.known))
    with open(os.path.join(folder, "names.csv"), "w") as stream:
        stream.write("form,code,name,kind\n")
        for each in rules.edition.indicators:
            if each.name in rules.known:
                stream.write("%s,%s,%s,%s\n" % (each.form, each.code,
                                                each.name, each.kind))
    with open(os.path.join(folder, "across.txt"), "w") as stream:
        stream.writelines(rule.id + "\n" for rule in rules.across)


# ------------------------------------------------------- the generator ----


class Model:
    """The C code of model.txt."""

    def __init__(self, rules, path):
        self.rules = rules
        self.facts = [each for each in rules.edition.indicators
                      if each.name in rules.known]
        self.index = {each.name: i for i, each in enumerate(self.facts)}
        self.steps, self.read_rows = [], 0
        with open(path) as stream:
            for line in stream:
                line = line.strip()
                if line and not line.startswith("#"):
                    self.read(line)
        if self.read_rows != len(self.facts):
            raise SystemExit("%s: %d of %d rows" % (
                path, self.read_rows, len(self.facts)))

    def read(self, line):
        text, _, blank = line.partition("?")
        name, _, how = text.partition("=")
        name = name.strip()
        value = self.expression(how.split())
        self.read_rows += 1
        if blank:
            i = self.index[name]
            self.steps.append("blank[%d] = pick(r, 1, 100) <= %d;" % (
                i, int(blank)))
            value = "blank[%d] ? 0 : %s" % (i, value)
        self.steps.append("%s = %s;" % (self.cell(name), value))

    def cell(self, name):
        return "v[%d]" % self.index[name]

    def expression(self, words):
        cells = [self.cell(word) for word in words[1:] if word in self.index]
        if ".." in words[0]:
            return "pick(r, %s, %s)" % tuple(words[0].split(".."))
        if words[0] == "grows":
            low, high = words[1].split("..")
            return "pick(r, %s, %s) + quarter * %d" % (
                low, high, int(high) - int(low))
        if words[0] == "part":
            return "pick(r, 0, %s)" % cells[0]
        if words[0] == "sum":
            return " + ".join(cells)
        if words[0] == "minus":
            return " - ".join(cells)
        if words[0] == "percent":
            return "percent(%s, %s)" % tuple(cells)
        if words[0] == "decimals":
            low, high = words[1].split("..")
            return "pick(r, %s00, %s00)" % (low, high)
        if words[0] == "when":
            low, high = words[2].split("..")
            return "%s == 1 ? pick(r, %s, %s) : 0" % (cells[0], low, high)
        if words[0] == "choice":
            return "(const long[]){%s}[pick(r, 0, %d)]" % (
                ", ".join(words[1:]), len(words) - 2)
        raise SystemExit("model.txt: %s" % words)

    def spoilers(self):
        """(rule, statement, cells) for each rule that one cell can break
        for certain."""
        for rule in self.rules.all:
            cells = spoiled_cells(rule.tree, self.rules)
            if cells is None or any(name is None for name in cells):
                continue
            yield (rule.id, self.spoil(rule.tree, cells),
                   [self.index[name] for name in cells])

    def spoil(self, tree, names):
        first, rest = self.cell(names[0]), [self.cell(n) for n in names[1:]]
        if tree[0] == "in":
            return "%s = 9;" % first
        if tree[0] == "percent":
            return "%s += (%s <= 5000 ? 100 : -100) * d;" % (first, first)
        left = len(tree[1][1])
        return "%s = %s%s + d;" % (first, " + ".join(rest[left - 1:]),
                                   "".join(" - " + each
                                           for each in rest[:left - 1]))


def spoiled_cells(tree, rules):
    """The cells of a rule, the one to spoil first; None if it is not of a
    form that one cell breaks."""
    if tree[0] == "in":
        return [rules.name(tree[1])]
    if tree[0] == "percent":
        return [rules.name(each) for each in
                (tree[1], tree[2][1][0][1], tree[3][1][0][1])]
    if tree[0] == "relation" and tree[2] in ("=", "<="):
        return [rules.name(each) for _, each in tree[1][1] + tree[3][1]]
    return None


HEADER = """\
/* Written by prepare.py. */
enum { FACTS = %d, SPOILERS = %d };

typedef struct fact {
    const char *place; /* form and code, with their commas */
    int percent;       /* in hundredths */
} fact;

static const fact facts[FACTS] = {
%s};

/* `quarter`: of the year, from 0. */
static void make(random_state *r, long quarter, long *v, char *blank)
{
    %s
}

static const char *const spoiled_rules[SPOILERS] = {
%s};

/* One number of the rule, so that it fails; d is from 1 to 9. */
static void spoil(int which, long d, long *v, char *blank)
{
    switch (which) {
%s    }
}
"""


def write_model(model, folder):
    spoilers = list(model.spoilers())
    with open(os.path.join(folder, "model.h"), "w") as stream:
        stream.write(HEADER % (
            len(model.facts), len(spoilers),
            "".join('    {",%s,%s,", %d},\n' % (
                each.form, each.code, each.kind == "percent")
                for each in model.facts),
            "\n    ".join(model.steps),
            "".join('    "%s",\n' % name for name, _, _ in spoilers),
            "".join("    case %d:\n        %s\n%s        break;\n" % (
                i, statement, "".join("        blank[%d] = 0;\n" % each
                                      for each in cells))
                for i, (_, statement, cells) in enumerate(spoilers))))
    return len(spoilers)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    family = load_families(os.path.join(ROOT, "schemas"))[FAMILY]
    rules = Rules(family, family.editions[EDITION])
    write_programs(rules, folder)
    write_names(rules, folder)
    model = Model(rules, os.path.join(ROOT, "bench", "model.txt"))
    spoilers = write_model(model, folder)
    print("%d rows, %d rules, %d of them across periods; %d of the others can "
          "fail in a long table, %d are broken by the generator" % (
              len(model.facts), len(rules.all) + len(rules.across),
              len(rules.across), len(rules.failing()), spoilers))


main()
