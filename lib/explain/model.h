/*
 * The facts and rules around a failure, as explanations look at them.
 *
 * A slot is a fact, a case a rule on a unit, an atom a comparison or a
 * percentage in it with everything on one side. They are made when they are
 * first asked for: what no failing rule reaches costs nothing.
 */
#ifndef PC_EXPLAIN_MODEL_H
#define PC_EXPLAIN_MODEL_H

#include "rule/judge.h"
#include "rule/ratio.h"

typedef struct pc_slot pc_slot;
typedef struct pc_case pc_case;
typedef struct pc_atom pc_atom;

/* factor * slot, each slot once in a sum. */
typedef struct pc_entry {
    pc_slot *slot;
    pc_ratio factor;
} pc_entry;

/* A sum of slots that have values, and what else is in it. */
typedef struct pc_total {
    pc_entry *entries;
    size_t count;
    pc_ratio constant;
    pc_ratio value;     /* of all that is known, as it was printed */
    pc_ratio tolerance; /* of its amounts */
    bool rises;         /* a blank or missing addend can make it larger */
    bool falls;         /* ... or smaller */
    bool unreadable;
    pc_entry blank; /* its one blank, if that is all that is open */
    size_t open;    /* how many addends have no value */
} pc_total;

/* left R right as (left - right) R 0, or left = percent(sum, base). An `in`
 * has its slot as the only entry. */
struct pc_atom {
    pc_case *of;
    const pc_node *node;
    pc_total sum;
    pc_total base;    /* of a percentage */
    pc_slot *percent; /* its left side */
    bool whole;       /* the rule, or all behind its "then" */
    pc_ratio moved;   /* scratch of a trial: what its changes add to `sum` */
    size_t mark;
    pc_slot *result; /* left of "=" a sum or percentage, or NULL */
};

/* Where a slot stands in an atom. */
typedef struct pc_link {
    pc_atom *atom;
    pc_ratio factor; /* in `sum` */
    pc_ratio base_factor;
    bool is_percent;
} pc_link;

struct pc_slot {
    size_t unit;
    size_t symbol;
    pc_fact *fact;
    parcheck_kind kind;
    const parcheck_indicator *indicator;
    pc_ratio value; /* as printed, if it has one */
    pc_list links;  /* of pc_link; all of them once `read` is set */
    pc_list cases;  /* of pc_case *, likewise: those that look at the slot */
    bool read;
    bool result; /* some rule computes it from others */
    bool tried;  /* for whoever goes through slots */
    size_t mark; /* scratch of searches: equal to a number of theirs */
    size_t at;
};

struct pc_case {
    const parcheck_verdict *verdict;
    size_t unit;
    pc_list atoms;   /* of pc_atom *, in the order of the rule */
    pc_list slots;   /* of pc_slot *, each once, in the order of the rule */
    pc_list thought; /* of hypotheses that repair it */
    size_t mark;
    size_t order; /* place of its verdict */
    bool cut;     /* a ceiling ended the search for explanations */
};

/* The units that look back at a unit by one word: the first one, and behind
 * each the next that looks at the same one; PC_NONE at the end. */
typedef struct pc_later {
    size_t *first;
    size_t *next;
} pc_later;

typedef struct pc_model {
    const pc_submission *submission;
    const pc_verdicts *verdicts;
    pc_findings *findings;
    pc_arena *arena; /* of the report: what explanations keep */
    pc_arena *work;  /* given back at the end */
    pc_judging judging;
    size_t *first;     /* unit -> its first verdict; one more at the end */
    pc_later previous;
    pc_later year_before;
    pc_slot ***slots;  /* unit -> symbol -> slot */
    pc_case ***cases;  /* unit -> place of its verdict -> case */
    pc_list touched;   /* of pc_case *: scratch */
    size_t mark;       /* the last that was given out */
    size_t work_left;  /* addends that may still be looked at */
    bool failed;       /* no memory */
} pc_model;

/* False without memory. */
bool pc_model_init(pc_model *model, const pc_submission *submission,
                   const pc_verdicts *verdicts, pc_findings *findings,
                   pc_arena *arena, pc_arena *work);

/* Counts what was looked at; false once nothing is left of the ceiling. */
bool pc_model_spend(pc_model *model, size_t work);

/* Each NULL only without memory; a case also if the rule was not judged on
 * the unit. */
pc_slot *pc_model_slot(pc_model *model, size_t unit, size_t symbol);
pc_case *pc_model_case(pc_model *model, size_t unit, const parcheck_rule *rule);
pc_case *pc_model_case_of(pc_model *model, const parcheck_verdict *verdict);
/* Makes every case that looks at the slot. */
void pc_model_read(pc_model *model, pc_slot *slot);

bool pc_slot_has_value(const pc_slot *slot);
/* Has a place, and all rules about it are known. */
bool pc_slot_may_change(const pc_slot *slot);
bool pc_case_fails(const pc_case *of);
/* "=" or a percentage: gives a value for each of its slots. */
bool pc_atom_is_equation(const pc_atom *atom);
/* The one atom of a rule that is nothing else, or NULL. */
pc_atom *pc_case_only_atom(const pc_case *of);

/* A new fact for a slot. */
typedef struct pc_setting {
    pc_slot *slot;
    bool blank;
    pc_decimal value;
} pc_setting;

typedef struct pc_trial {
    pc_case **repaired; /* failed, and hold, maybe by rounding, or may
                            hold: blanks leave it open */
    size_t repaired_count;
    size_t open_count; /* of these that only may hold */
    pc_case **better;  /* were unknown or held by rounding, and hold */
    size_t better_count;
    pc_case *broken; /* did not fail, and fails; the first, or NULL */
} pc_trial;

/*
 * What comes of the rules if these facts are changed together: every case
 * that looks at one is judged again, and then all is as before. Stops at the
 * first that breaks if `strict`. The lists are scratch in the work arena.
 */
pc_trial pc_model_try(pc_model *model, const pc_setting *settings, size_t count,
                      bool strict);

/* The exact decimal, false if there is none of few digits. */
bool pc_ratio_decimal(pc_ratio number, pc_decimal *decimal);
int pc_ratio_compare(pc_ratio a, pc_ratio b);

#endif
