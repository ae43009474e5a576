"""Submissions made for a schema: consistent ones, and ones with faults.

    draft = consistent(families, [("cchc", "gia-lai-2022")], Random(7))
    paths = draft.write(folder)

A consistent draft fills every cell that the rules let be filled. It is found
by a random walk: fill all cells, then take a rule that is violated and change
one of its cells, the one that leaves the fewest rules violated.

    broken = break_rule(draft, index, random)     one rule, on purpose

What a rule says of a draft is always asked of the oracle.
"""

import csv
import os
from fractions import Fraction

import facts
import language
import oracle

NUMBERS = ("count", "amount", "percent", "choice")


# --------------------------------------------------------------- drafts ----


class DraftUnit(facts.Unit):
    """A unit that keeps the literal of every cell."""

    def __init__(self, code=None, name=None):
        super().__init__(code, name)
        self.literals = {}

    def put(self, name, literal, kind):
        self.literals[name] = literal
        self.cells[name] = facts.read_cell(literal, kind)

    def drop(self, name):
        self.literals.pop(name, None)
        self.cells.pop(name, None)


class DraftPart(facts.Part):
    def __init__(self, family, edition, units):
        super().__init__(family, edition, units)
        self.repeats = {}           # name -> literal of a second row
        self.link()

    def link(self):
        if self.family.is_table():
            facts.link_units(self.family, self.units)

    def fillable(self):
        return [each for each in self.edition.indicators
                if each.kind != "group" and
                each.name not in ("stt", "unit_name")]

    def copy(self):
        units = []
        for unit in self.units:
            twin = DraftUnit(unit.code, unit.name)
            twin.literals = dict(unit.literals)
            twin.cells = dict(unit.cells)
            units.append(twin)
        twin = DraftPart(self.family, self.edition, units)
        twin.repeats = dict(self.repeats)
        return twin

    def repeat(self, name, literal):
        """A second row for an indicator of a form."""
        unit = self.units[0]
        self.repeats[name] = literal
        facts.put_cell(unit, name, facts.read_cell(
            literal, self.edition.kind(name)))

    def write(self, path):
        with open(path, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if self.family.is_table():
                self.write_table(writer)
            else:
                self.write_form(writer)

    def write_form(self, writer):
        literals = self.units[0].literals
        writer.writerow(["form", "code", "label", "unit", "value", "note"])
        for row in self.edition.indicators:
            if row.kind != "group" and row.name not in literals:
                continue
            values = [literals.get(row.name, "")]
            if row.name in self.repeats:
                values.append(self.repeats[row.name])
            for value in values:
                writer.writerow([row.form, row.code, row.label, row.unit,
                                 value, ""])

    def write_table(self, writer):
        names = [each.name for each in self.fillable()
                 if any(each.name in unit.literals for unit in self.units)]
        writer.writerow(["stt", "unit_name"] + names)
        for unit in self.units:
            writer.writerow([unit.code, unit.name] +
                            [unit.literals[name] for name in names])


class Draft:
    """One submission: a part for each family. A cell's key is
    (part, unit, name), the same as in the oracle."""

    def __init__(self, parts):
        self.parts = parts

    def copy(self):
        return Draft([part.copy() for part in self.parts])

    def keys(self):
        return [(part, unit, each.name) for part in self.parts
                for unit in part.units for each in part.fillable()
                if each.name in unit.literals]

    def indicator(self, key):
        return key[0].edition.by_name[key[2]]

    def cell(self, key):
        return key[1].cells[key[2]]

    def literal(self, key):
        return key[1].literals[key[2]]

    def put(self, key, literal):
        part, unit, name = key
        unit.put(name, literal, part.edition.kind(name))
        if name in part.repeats:
            part.repeat(name, part.repeats[name])

    def judge(self):
        return oracle.judge(self.parts)

    def write(self, folder):
        paths = []
        for part in self.parts:
            path = os.path.join(folder, part.family.name + ".csv")
            part.write(path)
            paths.append(path)
        return paths


def print_number(value, decimals=0, mark="."):
    """A value with so many decimals, as a literal without grouping."""
    scaled = abs(value) * 10 ** decimals
    digits = str(int(scaled)).rjust(decimals + 1, "0")
    sign = "-" if value < 0 else ""
    if not decimals:
        return sign + digits
    return sign + digits[:-decimals] + mark + digits[-decimals:]


def shortest(value, most=2):
    """The literal with as few decimals as the value needs, at most `most`;
    None if these do not do."""
    for decimals in range(most + 1):
        if (value * 10 ** decimals).denominator == 1:
            return print_number(value, decimals)
    return None


def choices(indicator):
    return [each.split("=")[0].strip()
            for each in indicator.choices.split(";") if "=" in each]


def random_literal(indicator, random):
    """Any allowed value, not 0 where that can be helped."""
    if indicator.kind == "count":
        return str(int(10 ** random.uniform(0, 2.6)))
    if indicator.kind == "amount":
        decimals = random.choice((0, 1, 1, 2))
        return print_number(Fraction(random.randint(
            10 ** (decimals + 2), 10 ** (decimals + 4)), 10 ** decimals),
            decimals)
    if indicator.kind == "percent":
        decimals = random.choice((0, 1, 1, 2))
        return print_number(Fraction(random.randint(
            1, 100 * 10 ** decimals - 1), 10 ** decimals), decimals)
    if indicator.kind == "choice":
        codes = choices(indicator)
        return random.choice([code for code in codes if code != "0"] or codes)
    return "Có"


def literal_for(indicator, value):
    """The plain literal of a value that the indicator may have, or None."""
    if value < 0:
        return None
    if indicator.kind == "count":
        return str(value) if value.denominator == 1 else None
    if indicator.kind == "amount":
        return shortest(value)
    if indicator.kind == "percent":
        return shortest(value) if value <= 100 else None
    if indicator.kind == "choice":
        return str(value) if str(value) in choices(indicator) else None
    return None


# ------------------------------------------------------- the repair walk ----


class Walk:
    """A draft, its rules, and which of them are violated."""

    def __init__(self, draft, random):
        self.draft = draft
        self.random = random
        self.instances = oracle.instances(draft.parts)
        self.touching = {}
        for index in range(len(self.instances)):
            for key in self.rule_keys(index):
                self.touching.setdefault(key, []).append(index)
        self.bad = {index for index in range(len(self.instances))
                    if self.is_bad(index)}

    def rule_keys(self, index):
        """The cells that a rule rests on, each once."""
        instance = self.instances[index]
        found = []
        for operand in language.operands(instance.rule.tree):
            for key, _, _ in oracle.resolve(operand, instance,
                                            self.draft.parts):
                if (key is not None and key not in found
                        and key[2] in key[1].literals):
                    found.append(key)
        return found

    def decide(self, index):
        return oracle.decide(self.instances[index], self.draft.parts)

    def is_bad(self, index):
        verdict, reason = self.decide(index)
        return (verdict in (oracle.FAILS, oracle.ROUNDING)
                or reason == "zero-denominator")

    def cost(self, key, literal):
        """Rules that a change would leave violated, less those now."""
        before = self.draft.literal(key)
        touched = self.touching.get(key, [])
        self.draft.put(key, literal)
        cost = sum(self.is_bad(index) for index in touched)
        cell = self.draft.cell(key)
        self.draft.put(key, before)
        cost -= sum(index in self.bad for index in touched)
        if cell.state == facts.BLANK:
            return cost + 0.6
        return cost + 0.3 if cell.value == 0 else cost

    def change(self, key, literal):
        self.draft.put(key, literal)
        for index in self.touching.get(key, []):
            (self.bad.add if self.is_bad(index)
             else self.bad.discard)(index)

    def run(self, steps=6000):
        for _ in range(steps):
            if not self.bad:
                return True
            index = self.random.choice(sorted(self.bad))
            moves = self.moves(index)
            if not moves:
                continue
            if self.random.random() < 0.05:
                self.change(*self.random.choice(moves))
            else:
                self.random.shuffle(moves)
                self.change(*min(moves, key=lambda move: self.cost(*move)))
        return False

    def fill(self):
        """Give a value to each blank, and more than 0 to each 0, if the
        other cells can be made to agree with it."""
        def unfilled():
            return [key for key in self.draft.keys()
                    if self.draft.cell(key).state == facts.BLANK
                    or self.draft.cell(key).value == 0]

        for key in unfilled() * 3:
            if key not in unfilled():
                continue
            before = {each: self.draft.literal(each)
                      for each in self.draft.keys()}
            least = len(unfilled())
            literal = random_literal(self.draft.indicator(key), self.random)
            if self.draft.indicator(key).kind == "count":
                literal = str(self.random.randint(1, 4))
            self.change(key, literal)
            if self.run(200) and len(unfilled()) < least:
                continue
            for each, literal in before.items():
                if self.draft.literal(each) != literal:
                    self.change(each, literal)

    # Moves: (key, literal) pairs that may change what a rule says.

    def moves(self, index):
        instance = self.instances[index]
        moves = []
        self.collect(instance, instance.rule.tree, moves)
        return [(key, literal) for key, literal in moves
                if literal is not None and key is not None
                and key[2] in key[1].literals
                and literal != self.draft.literal(key)]

    def collect(self, instance, tree, moves):
        decision = oracle.Decision(instance, self.draft.parts)
        if tree[0] == "relation":
            self.relation_moves(decision, tree, moves)
        elif tree[0] == "percent":
            self.percent_moves(decision, tree, moves)
        elif tree[0] in ("in", "reported", "blank"):
            self.cell_moves(decision, tree, moves)
        for branch in language.branches(tree):
            self.collect(instance, branch, moves)

    def refill(self, key, moves):
        moves.append((key, random_literal(self.draft.indicator(key),
                                          self.random)))

    def cell_moves(self, decision, tree, moves):
        key = decision.cells(tree[1])[0][0]
        if key is None:
            return
        if tree[0] == "in":
            moves.extend((key, literal_for(self.draft.indicator(key), number))
                         for number in tree[2])
        elif self.draft.cell(key).state == facts.VALUE:
            moves.append((key, ""))
        self.refill(key, moves)

    def relation_moves(self, decision, tree, moves):
        left, left_terms = decision.linear(tree[1])
        right, right_terms = decision.linear(tree[3], -1)
        terms = [term for term in left_terms + right_terms
                 if term.key is not None and term.factor]
        if any(term.cell.state != facts.VALUE for term in terms):
            for term in terms:
                self.refill(term.key, moves)
            return
        difference = left + right + sum(
            term.factor * term.cell.value for term in terms)
        some = self.random.randint(1, 20)
        for term in terms:
            level = term.cell.value - difference / term.factor
            for value in (level, level + 1, level - 1, level + some,
                          level - some):
                indicator = self.draft.indicator(term.key)
                moves.append((term.key, literal_for(indicator, value)))

    def percent_moves(self, decision, tree, moves):
        key = decision.cells(tree[1])[0][0]
        a, a_terms = decision.linear(tree[2])
        b, b_terms = decision.linear(tree[3])
        terms = [term for term in a_terms + b_terms if term.key is not None]
        for term in terms:
            self.refill(term.key, moves)
        if any(term.cell.state != facts.VALUE for term in terms):
            return
        a += sum(term.factor * term.cell.value for term in a_terms)
        b += sum(term.factor * term.cell.value for term in b_terms)
        if key is not None and b > 0 and 0 <= a <= b:
            decimals = self.random.choice((1, 2))
            rounded = Fraction(oracle.half_up(
                10 ** decimals * 100 * a / b), 10 ** decimals)
            moves.append((key, shortest(rounded) if rounded == 100
                          else print_number(rounded, decimals)))


def table_units(family, random):
    """Rows for a table: each role once, a role with code # several times."""
    units = []
    for role in family.roles:
        if role.code == "#":
            for number in range(1, random.randint(3, 15) + 1):
                units.append(DraftUnit(str(number), "Xã số %d" % number))
        else:
            units.append(DraftUnit(role.code, "Cấp " + role.code))
    return units


def filled(families, editions, random):
    parts = []
    for family_name, edition_name in editions:
        family = families[family_name]
        units = (table_units(family, random) if family.is_table()
                 else [DraftUnit()])
        part = DraftPart(family, family.editions[edition_name], units)
        for unit in units:
            for indicator in part.fillable():
                unit.put(indicator.name, random_literal(indicator, random),
                         indicator.kind)
        parts.append(part)
    return Draft(parts)


def consistent(families, editions, random):
    """A filled draft that violates no rule; editions are pairs of names."""
    for _ in range(20):
        walk = Walk(filled(families, editions, random), random)
        if walk.run():
            walk.fill()
            for key in walk.draft.keys():
                walk.draft.put(key, restyled(walk.draft, key, random))
            return walk.draft
    raise RuntimeError("no consistent submission found for %r; still "
                       "violated: %s" % (editions, sorted(
                           {walk.instances[index].rule.id
                            for index in walk.bad})))


def restyled(draft, key, random):
    """The same number in another of the styles that these reports use."""
    literal = draft.literal(key)
    kind = draft.indicator(key).kind
    cell = draft.cell(key)
    if cell.state != facts.VALUE or cell.value < 0:
        return literal
    if kind == "percent":
        mark = random.choice(".,")
        return (print_number(cell.value, cell.decimals, mark) +
                random.choice(("", "", "%")))
    if kind == "amount" and cell.decimals in (1, 2):
        return print_number(cell.value, cell.decimals, random.choice(".,"))
    if kind == "count" and cell.decimals == 0:
        digits = str(cell.value)
        if 1000 <= cell.value < 10 ** 6:
            return digits[:-3] + random.choice(("", ".", ",")) + digits[-3:]
        if cell.value < 10:
            return random.choice(("", "", "0")) + digits
    return literal


# ------------------------------------------------------- breaking a rule ----


def break_rule(draft, index, random, tries=3000):
    """A copy of the draft that the oracle says breaks this rule (its index
    in oracle.instances), or None. As few cells change as can be."""
    copy = draft.copy()
    walk = Walk(copy, random)
    keys = walk.rule_keys(index)
    if not keys:
        return None
    for attempt in range(tries):
        before = {key: copy.literal(key) for key in keys}
        for _ in range(1 + attempt // (tries // 4)):
            copy.put(*random.choice(breaking_moves(walk, index, keys)))
        if walk.decide(index)[0] == oracle.FAILS:
            return copy
        for key, literal in before.items():
            copy.put(key, literal)
    return None


def breaking_moves(walk, index, keys):
    """What repairs a rule, and what no rule would allow."""
    key = walk.random.choice(keys)
    moves = walk.moves(index)
    if walk.draft.indicator(key).kind in NUMBERS:
        moves += [(key, str(walk.random.choice((0, 1, 2, 7, 100)))),
                  (key, str(walk.random.randint(0, 5000))), (key, "")]
    else:
        moves += [(key, ""), (key, "Có")]
    return moves
