"""Faults for a consistent submission: whatever may happen to a report.

    mutated = mutate(draft, random)

Cells are changed a few at a time around one rule after another, so that
blanks, roundings and sums that are off meet in the same rule.
"""

import math
from fractions import Fraction

import facts
import generate
import oracle

BLANK_LITERALS = ("", "", "", "-", "–", "—", "Không báo", "Chưa giao",
                  "Không phát sinh")
BAD_LITERALS = ("abc", "1,2,3.4", "20+01", "72/104", "12 cân",
                "1" * 19, "9" * 40)


def mutate(draft, random):
    """A copy with many changes, a few around each of several rules."""
    copy = draft.copy()
    walk = generate.Walk(copy, random)
    shapes = {}
    for index, instance in enumerate(walk.instances):
        shapes.setdefault(shape(instance.rule.tree), []).append(index)
    for _ in range(random.choice((1, 3, 10, 20))):
        index = random.choice(shapes[random.choice(sorted(shapes))])
        keys = walk.rule_keys(index)
        for _ in range(random.randint(1, 3) if keys else 0):
            change = random.choice(
                CELL_CHANGES + (change_addends, change_rounding) * 6)
            change(walk, index, random.choice(keys))
    if random.random() < 0.5:
        random.choice(LAYOUT_CHANGES)(copy, random)
    return copy


def shape(tree):
    """Rules of one shape go wrong in the same ways."""
    if tree[0] == "relation":
        return "equation" if tree[2] == "=" else "inequality"
    return tree[0] if tree[0] in ("percent", "in") else "condition"


def change_blank(walk, index, key):
    walk.draft.put(key, walk.random.choice(BLANK_LITERALS))


def change_unreadable(walk, index, key):
    if walk.draft.indicator(key).kind in generate.NUMBERS:
        walk.draft.put(key, walk.random.choice(BAD_LITERALS))


def change_style(walk, index, key):
    walk.draft.put(key, generate.restyled(walk.draft, key, walk.random))


def change_value(walk, index, key):
    walk.draft.put(key, generate.random_literal(walk.draft.indicator(key),
                                       walk.random))


def change_extreme(walk, index, key):
    if walk.draft.indicator(key).kind in generate.NUMBERS:
        walk.draft.put(key, walk.random.choice(
            ("0", "0", "0", "100", "101", "-3", "2.5", "3", "9" * 18)))


def change_little(walk, index, key):
    cell = walk.draft.cell(key)
    if cell.state == facts.VALUE and cell.value is not None:
        value = cell.value + Fraction(walk.random.choice((-1, 1)),
                                      10 ** cell.decimals)
        walk.draft.put(key, generate.print_number(value, cell.decimals))


def change_decimals(walk, index, key):
    """An amount printed with fewer decimals, so off by less than they say,
    or a percentage printed with more."""
    cell = walk.draft.cell(key)
    kind = walk.draft.indicator(key).kind
    if cell.state == facts.VALUE and kind in ("amount", "percent"):
        decimals = walk.random.choice((0, 1, 2))
        scaled = cell.value * 10 ** decimals
        value = walk.random.choice((math.floor, math.ceil))(scaled)
        walk.draft.put(key, generate.print_number(
            Fraction(value, 10 ** decimals), decimals))


def change_addends(walk, index, key):
    """Leave out parts of a sum and print the sum of the others."""
    instance = walk.instances[index]
    tree = instance.rule.tree
    if tree[0] != "relation" or tree[2] != "=" or tree[1][0]:
        return
    left = oracle.resolve(tree[1][1][0][1], instance, walk.draft.parts)[0][0]
    parts = [key for key in walk.rule_keys(index) if key != left]
    for part in walk.random.sample(parts, walk.random.randint(0, len(parts))):
        walk.draft.put(part, walk.random.choice(BLANK_LITERALS))
    known = [walk.draft.cell(part) for part in parts]
    total = sum(cell.value for cell in known if cell.state == facts.VALUE)
    if left is not None and left[2] in left[1].literals:
        walk.draft.put(left, generate.shortest(Fraction(total)) or "0")


def change_rounding(walk, index, key):
    """Print a percentage rounded in one way or another, now and then of a
    ratio that lies half-way."""
    instance = walk.instances[index]
    tree = instance.rule.tree
    tree = tree[2] if tree[0] == "if" else tree
    if tree[0] != "percent":
        return
    random = walk.random
    decision = oracle.Decision(instance, walk.draft.parts)
    cells = [decision.cells(tree[1])[0]]
    cells += [decision.cells(linear[1][0][1])[0]
              for linear in tree[2:] if linear[1]]
    if len(cells) != 3 or any(cell.state != facts.VALUE
                              for _, cell, _ in cells):
        return
    (p, _, _), (a, above, _), (b, below, _) = cells
    top, bottom = above.value, below.value
    if random.random() < 0.4:
        bottom = Fraction(random.choice((8, 16, 40, 200, 400, 2000)))
        top = Fraction(random.randrange(1, bottom + 1, 2))
        walk.draft.put(a, str(top))
        walk.draft.put(b, str(bottom))
    if bottom > 0:
        decimals = random.choice((0, 0, 1, 1, 2, 3))
        exact = 100 * top / bottom * 10 ** decimals
        value = random.choice((math.floor, math.ceil, oracle.half_up,
                               oracle.half_even))(exact)
        value += random.choice((0, 0, 0, 0, -1, 1))
        walk.draft.put(p, generate.print_number(
            Fraction(value, 10 ** decimals), decimals))


def drop_row(draft, random):
    """A row of a form is not there."""
    part = random.choice(draft.parts)
    if part.family.is_table():
        return drop_unit(draft, random)
    rows = part.edition.indicators
    spare = [row for row, after in zip(rows, list(rows[1:]) + [rows[0]])
             if row.kind != "group" and after.code]
    part.units[0].drop(random.choice(spare).name)


def drop_form(draft, random):
    """A whole form is not there."""
    part = random.choice(draft.parts)
    forms = {each.form for each in part.fillable()}
    if part.family.is_table() or len(forms) < 2:
        return
    form = random.choice(sorted(forms))
    for each in part.fillable():
        if each.form == form:
            part.units[0].drop(each.name)


def drop_unit(draft, random):
    for part in draft.parts:
        if part.family.is_table() and len(part.units) > 1:
            part.units.remove(random.choice(part.units))
            part.link()


def drop_column(draft, random):
    for part in draft.parts:
        if part.family.is_table():
            name = random.choice(part.fillable()).name
            for unit in part.units:
                unit.drop(name)


def repeat_row(draft, random):
    """A row of a form twice, with the same value or with another."""
    part = draft.parts[0]
    rows = [each for each in part.fillable()
            if each.code and each.kind in generate.NUMBERS
            and part.units[0].cell(each.name).state == facts.VALUE]
    if part.family.is_table() or not rows:
        return
    row = random.choice(rows)
    literal = part.units[0].literals[row.name]
    part.repeat(row.name, random.choice((literal, "7", "12")))


CELL_CHANGES = (
    change_blank, change_blank, change_blank, change_unreadable,
    change_style, change_value, change_value, change_extreme, change_extreme,
    change_little, change_decimals, change_decimals)
LAYOUT_CHANGES = (drop_row, drop_row, drop_form, drop_unit, drop_column,
                  repeat_row, repeat_row)
