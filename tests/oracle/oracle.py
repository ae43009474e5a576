"""The rules of a schema, decided a second time.

This oracle knows nothing of the C library. It reads the same schema tables,
parses the same rule language and decides every rule with fractions.Fraction,
as docs/SCHEMA.md says it. It is slow and plain on purpose: the tests in this
folder hold the program against it.

    families = load_families("schemas")
    part = read_form_file("report.csv", families["cchc"], "gia-lai-2022")
    for verdict in judge([part]):
        print(verdict)
"""

import math
from collections import namedtuple
from fractions import Fraction

from facts import (BLANK, MISSING, NOT_SENT, NOT_THERE, UNREADABLE, VALUE,
                   applies)
from language import operands

HOLDS, ROUNDING, FAILS, UNKNOWN = "holds", "rounding", "fails", "unknown"
AS_ZERO = "blank-as-zero"

# rule is a Rule, unit the Unit it was applied to in part.
Instance = namedtuple("Instance", "rule part unit")
Verdict = namedtuple("Verdict", "rule unit verdict reason")

# A cell in a linear form; side is "left" or "right". A rule that names a
# cell twice has two terms: an unknown cell is not set off against itself.
Term = namedtuple("Term", "key factor cell kind side")


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
    if operand[0] in ("previous", "year_before"):
        other = (part.previous if operand[0] == "previous"
                 else part.year_before)(unit)
        if other is None:
            return [(None, NOT_SENT, None)]
        units = [other]
    elif operand[0] == "children":
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
            truth, reason = self.sure(tree[1])
            if truth is None:
                return UNKNOWN, reason
            return self.rule(tree[2]) if truth else (HOLDS, None)
        if tree[0] == "percent":
            return self.percent(tree)
        if tree[0] == "relation":
            return self.relation(tree, rounded=True)
        truth, reason = self.truth(tree)
        if truth is None:
            return UNKNOWN, reason
        return (HOLDS if truth else FAILS), reason

    # Conditions: True, False or None, and why if None. What holds only if
    # blanks are 0 is no ground for a failure: not for what an `if` asks, nor
    # for what a `not` denies.

    def sure(self, tree):
        truth, reason = self.truth(tree)
        if truth and reason == AS_ZERO:
            return None, BLANK
        return truth, reason

    def truth(self, tree):
        if tree[0] == "not":
            truth, reason = self.sure(tree[1])
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
        verdict, reason = self.relation(tree, rounded=False)
        if verdict == UNKNOWN:
            return None, reason
        return verdict == HOLDS, reason

    def joined(self, tree):
        results = [self.truth(part) for part in tree[1]]
        decisive = tree[0] == "or"
        deciding = [reason for truth, reason in results if truth is decisive]
        if deciding:
            return decisive, None if None in deciding else deciding[0]
        unknown = [reason for truth, reason in results if truth is None]
        if unknown:
            return None, min(unknown,
                             key=(UNREADABLE, MISSING, BLANK).index)
        assumed = [reason for _, reason in results if reason]
        return not decisive, assumed[0] if assumed else None

    # Linear relations. D is left minus right.

    def linear(self, linear, sign=1, side="right"):
        constant, terms = linear
        found = []
        for factor, operand in terms:
            for key, cell, kind in self.cells(operand):
                found.append(Term(key, sign * factor, cell, kind, side))
        return sign * constant, found

    def relation(self, tree, rounded):
        _, left, sign, right = tree
        left_constant, left_terms = self.linear(left, 1, "left")
        right_constant, right_terms = self.linear(right, -1, "right")
        terms = left_terms + right_terms
        if worst(term.cell for term in terms) == UNREADABLE:
            return UNKNOWN, UNREADABLE
        if any(term.cell is NOT_SENT for term in terms):
            return UNKNOWN, MISSING
        known = left_constant + right_constant + sum(
            term.factor * term.cell.value for term in terms
            if term.cell.state == VALUE)
        slack = slack_of(terms) if rounded else 0
        open_terms = [term for term in terms
                      if term.cell.state != VALUE and term.factor]
        if not open_terms:
            return decided(known, sign, slack)
        return undecided(known, sign, slack, open_terms)

    # Percentages.

    def percent(self, tree):
        _, ref, above, below = tree
        printed = self.cells(ref)[0][1]
        a, a_terms = self.linear(above)
        b, b_terms = self.linear(below)
        outside = [printed] + [term.cell for term in b_terms]
        everything = outside + [term.cell for term in a_terms]
        if UNREADABLE in {cell.state for cell in everything}:
            return UNKNOWN, UNREADABLE
        if any(cell is NOT_SENT for cell in everything):
            return UNKNOWN, MISSING
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


def undecided(known, sign, slack, open_terms):
    """A relation with cells that may be any number from 0 up."""
    reason = worst(term.cell for term in open_terms)
    rising = all(term.factor > 0 for term in open_terms)
    falling = all(term.factor < 0 for term in open_terms)
    if (sign == "=" and known == 0 and reason == BLANK
            and (rising or falling)
            and all(term.side == "right" for term in open_terms)):
        return HOLDS, AS_ZERO
    always = never = False
    if rising:                      # the difference is known or more
        always = {">": known > 0, ">=": known >= 0,
                  "!=": known > 0}.get(sign, False)
        never = {"<": known >= 0, "<=": known > 0,
                 "=": known > 0}.get(sign, False)
    elif falling:                   # the difference is known or less
        always = {"<": known < 0, "<=": known <= 0,
                  "!=": known < 0}.get(sign, False)
        never = {">": known <= 0, ">=": known < 0,
                 "=": known < 0}.get(sign, False)
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
            return HOLDS, AS_ZERO
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
