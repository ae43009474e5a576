#!/usr/bin/env python3
"""Rules that no form has: random schemas with random rules on random facts.

The schemas of the project use a small part of the rule language. Here two
made-up families, a form and a table, get rules from the whole grammar, and
facts small enough that sums agree, percentages round and blanks decide
about as often as not. The program's verdicts are held against the oracle's.
"""

import concurrent.futures
import csv
import os
import shutil
import sys
import tempfile
from random import Random

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import facts  # noqa: E402
import generate  # noqa: E402
import mutate  # noqa: E402
import program  # noqa: E402

RULES = 60
EDITIONS = [("madeup", "madeup-form"), ("madeuptable", "madeup-table")]
ROLES = (("whole", "I", ""), ("group", "II", ""), ("member", "#", "group"))
COLUMNS = ["received", "resolved", "waiting", "cost", "owed", "pct"]
KINDS = {"c": "count", "m": "amount", "p": "percent", "o": "choice"}
FORM = ["%s%d" % (letter, number) for letter in KINDS
        for number in range(1, 8)]
COLUMN_KINDS = dict(zip(COLUMNS, ["count"] * 3 + ["amount"] * 2 +
                        ["percent"]))

LITERALS = {
    "count": ("0", "0", "1", "1", "2", "3", "4", "5", "7", "1.000", "1,000"),
    "amount": ("0", "1", "1.5", "2,5", "2", "2.25", "3", "3.0", "4.75", "10"),
    "percent": ("0", "50", "33,3", "33.33", "66.7%", "66.6", "66.67", "100%",
                "12", "13", "12.5", "25", "75", "16.6", "16,7"),
    "choice": ("0", "1", "2"),
}


# ------------------------------------------------------ random rule text ----


class Rules:
    """Writes random rules for a family."""

    def __init__(self, random, names, others, children):
        self.random = random
        self.names = names          # indicators of the family
        self.others = others        # name@role that may be named as well
        self.children = children

    def pick(self, *ways):
        return self.random.choice(ways)

    def ref(self):
        if self.others and self.random.random() < 0.12:
            return self.random.choice(self.others)
        return self.random.choice(self.names)

    def operand(self):
        if self.children and self.random.random() < 0.3:
            return "children(%s)" % self.random.choice(self.names)
        if self.random.random() < 0.02:
            return self.pick("previous(%s)", "year_before(%s)") % (
                self.random.choice(self.names))
        return self.ref()

    def term(self):
        roll = self.random.random()
        if roll < 0.12:
            return self.pick("0", "1", "2", "0.5", "2.75", "10")
        if roll < 0.24:
            return "%s * %s" % (self.pick("2", "3", "0.5", "10"),
                                self.operand())
        return self.operand()

    def linear(self, most=4, first=None):
        text = self.pick("", "", "", "", "", "-") + (first or self.term())
        for _ in range(self.random.randint(0, most - 1)):
            text += self.pick(" + ", " + ", " + ", " - ") + self.term()
        return text

    def relation(self):
        left = self.pick(self.operand(), self.operand(),
                         self.linear(2, self.operand()))
        sign = self.pick("=", "=", "=", "<=", ">=", "<", ">", "!=")
        return "%s %s %s" % (left, sign, self.linear())

    def member(self):
        return "%s in {%s}" % (self.ref(), self.pick(
            "0, 1", "1, 2", "0,1,2", "2", "0.5, 1.5, 50"))

    def percent(self):
        share = self.random.choice([
            name for name in self.names + self.others
            if name.startswith("p")])
        if self.random.random() < 0.6:
            return "%s = percent(%s, %s)" % (share, self.operand(),
                                             self.operand())
        return "%s = percent(%s, %s)" % (share, self.linear(2),
                                         self.linear(2))

    def simple(self):
        roll = self.random.random()
        if roll < 0.3:
            return "%s(%s)" % (self.pick("reported", "blank"), self.ref())
        return self.member() if roll < 0.45 else self.relation()

    def condition(self, depth=2):
        if depth == 0:
            return self.simple()
        roll = self.random.random()
        if roll < 0.2:
            return "not " + self.grouped(depth - 1)
        if roll < 0.7:
            parts = [self.grouped(depth - 1)
                     for _ in range(self.random.randint(2, 3))]
            return self.pick(" and ", " or ").join(parts)
        return self.condition(depth - 1)

    def grouped(self, depth):
        """Brackets where they are needed, and sometimes where not."""
        text = self.condition(depth)
        compound = any(word in text.split() for word in ("and", "or"))
        return "(%s)" % text if compound or self.random.random() < 0.2 \
            else text

    def rule(self):
        roll = self.random.random()
        if roll < 0.35:
            return self.relation()
        if roll < 0.55:
            return self.percent()
        if roll < 0.6:
            return self.member()
        if roll < 0.75:
            return self.condition()
        return "if %s then %s" % (self.condition(1), self.pick(
            self.relation(), self.percent(), self.condition(1)))


# --------------------------------------------------------------- schemas ----


def write_table(path, heading, rows):
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(heading.split(","))
        writer.writerows(rows)


def write_family(folder, name, edition, rows, rules):
    path = os.path.join(folder, name)
    os.makedirs(path)
    write_table(os.path.join(path, "family.csv"), "key,value",
                [("version", "1"), ("vi", "Bảng thử"), ("en", "Made up")])
    write_table(os.path.join(path, edition + ".csv"),
                "form,code,name,label,unit,kind,level,choices", rows)
    write_table(os.path.join(path, "rules.csv"),
                "id,check,severity,vi,en,basis",
                [("%s-%d" % (name, number), check,
                  ("error", "warning", "note")[number % 3], "Quy tắc thử",
                  "A rule made up for a test", "Biểu mẫu 1")
                 for number, check in enumerate(rules)])
    return path


def write_schema(folder, random):
    choice_list = "0 = Không; 1 = Có; 2 = Khác"
    rows = [("1", str(place + 1), name, "Chỉ tiêu " + name, "",
             KINDS[name[0]], "", choice_list if name[0] == "o" else "")
            for place, name in enumerate(FORM)]
    others = ["%s@%s" % (name, role) for name in COLUMNS
              for role in ("whole", "group")]
    maker = Rules(random, FORM, others, False)
    write_family(folder, *EDITIONS[0], rows,
                 [maker.rule() for _ in range(RULES)])

    rows = [("T", "1", "stt", "STT", "", "text", "", ""),
            ("T", "2", "unit_name", "Đơn vị", "", "text", "", "")]
    rows += [("T", str(place + 3), name, "Cột " + name, "",
              COLUMN_KINDS[name], "", "")
             for place, name in enumerate(COLUMNS)]
    plain = Rules(random, COLUMNS, others, False)
    summing = Rules(random, COLUMNS, others, True)
    path = write_family(folder, *EDITIONS[1], rows,
                        [maker.rule() for maker in (plain, summing)
                         for _ in range(RULES // 4)])
    write_table(os.path.join(path, "roles.csv"), "role,code,parent,vi,en",
                [role + ("Dòng", "Row") for role in ROLES])


# ----------------------------------------------------------------- facts ----


def random_facts(families, random):
    """A submission in which most cells are small numbers."""
    draft = generate.filled(families, EDITIONS, random)
    bad = random.choice((0, 0, 0.03))
    blank = random.choice((0, 0.05, 0.2, 0.5))
    for key in draft.keys():
        roll = random.random()
        literal = random.choice(LITERALS[draft.indicator(key).kind])
        if roll < bad:
            literal = random.choice(mutate.BAD_LITERALS)
        elif roll < bad + blank:
            literal = random.choice(mutate.BLANK_LITERALS)
        draft.put(key, literal)
    walk = generate.Walk(draft, random)
    for _ in range(30):
        index = random.randrange(len(walk.instances))
        for change in (mutate.change_addends, mutate.change_rounding):
            change(walk, index, None)
    if random.random() < 0.3:
        mutate.drop_column(draft, random)
    if random.random() < 0.3:
        mutate.drop_unit(draft, random)
    for name in random.sample(FORM, random.choice((0, 0, 2, 5))):
        draft.parts[0].units[0].drop(name)
    if random.random() < 0.15:
        draft.parts.pop(random.randrange(2))
    return draft


def check_facts(options, schema, draft, folder):
    os.makedirs(folder)
    paths = draft.write(folder)
    report = program.check_files(
        options.parcheck, paths, draft.parts[0].edition.name, schema)
    if not report.usable():
        return ["exit %d, %s" % (report.exit_code,
                                 report.errors or "no JSON")]
    return (program.differences(report, draft.parts) +
            program.arithmetic_differences(report, draft.parts))


def check_schema(tally, pool, options, number):
    """One schema with several submissions."""
    random = Random("%d language %d" % (options.seed, number))
    folder = tempfile.mkdtemp(prefix="parcheck-language-")
    schema = os.path.join(folder, "schemas")
    write_schema(schema, random)
    families = facts.load_families(schema)
    checks = {rule.id: rule.check for family in families.values()
              for rule in family.rules}
    waiting = [pool.submit(check_facts, options, schema,
                           random_facts(families, random),
                           os.path.join(folder, str(each)))
               for each in range(options.facts)]
    sound = True
    for each, future in enumerate(waiting):
        lines = future.result()
        for line in lines:
            rule = checks.get(line.split(":")[0].split(" of row ")[0], "")
            print("FAIL: %s: %s" % (line, rule))
        sound = tally.check(not lines, "seed %d, schema %d: see %s" % (
            options.seed, number, os.path.join(folder, str(each)))) and sound
    if sound:
        shutil.rmtree(folder)


def main():
    options = program.options(__doc__.split("\n")[0], seed=1, count=12,
                              facts=12)
    print("seed %d, %d schemas with %d submissions each" % (
        options.seed, options.count, options.facts))
    tally = program.Tally()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number in range(options.count):
            check_schema(tally, pool, options, number)
    tally.finish()


if __name__ == "__main__":
    main()
