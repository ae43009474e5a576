/* What may be behind a failing rule, before it is put into words. */
#ifndef PC_EXPLAIN_HYPOTHESIS_H
#define PC_EXPLAIN_HYPOTHESIS_H

#include "explain/allowed.h"
#include "explain/slip.h"

/* In the order in which equally good ones are told. */
typedef enum pc_hypothesis_kind {
    PC_ROUNDING_MODE,
    PC_OTHER_BASE,
    PC_COUNTED_TWICE,
    PC_LEFT_OUT,
    PC_CUMULATIVE,
    PC_SWAPPED,
    PC_SHIFTED_ROW,
    PC_SIGN,
    PC_SCALE,
    PC_DIGIT_SLIP,
    PC_MINIMAL_CHANGE,
    PC_DEDUCED_BLANK
} pc_hypothesis_kind;

const char *pc_hypothesis_name(pc_hypothesis_kind kind);

/* A cell and what it should be: a value, an interval, or nothing. */
typedef struct pc_proposal {
    pc_slot *slot;
    bool blank;      /* should be left blank */
    bool determined; /* `value` is all that it can be */
    pc_decimal value;
    bool has_low;
    bool has_high;
    pc_decimal low;
    pc_decimal high;
} pc_proposal;

typedef struct pc_hypothesis {
    pc_hypothesis_kind kind;
    pc_proposal *changes;
    size_t change_count;
    pc_case **repairs;
    size_t repair_count;
    size_t open_count; /* of these, that blanks leave open */
    size_t support;    /* independent equations that give the values */
    unsigned weight;
    uint64_t odds;   /* how many other things the same slip could have made */
    size_t order;    /* of being thought of, the last key */
    bool has_others; /* something else needs no more cells */
    /* What the words need, by kind. */
    pc_slip slip;
    bool whole;         /* a unit altogether, not one of its figures */
    pc_slot *part;      /* counted twice or left out; the other cell */
    pc_slot *container; /* of a part that was counted in it, or NULL */
    pc_case *about;     /* the rule that gives it away */
    pc_slot *numerator; /* another base; NULL: the rule's own */
    pc_slot *base;
    pc_reason mode;            /* truncated, rounded up or none: half up */
    struct pc_hypothesis **of; /* what a rounding habit explains */
    size_t of_count;
    size_t agreeing;                  /* other rates that agree with it */
    const parcheck_explanation *told; /* once it has been put into words */
} pc_hypothesis;

/*
 * How likely cells are to be wrong. A sum or rate is computed and copied, a
 * counted figure is written down once: a computed one weighs less, and two of
 * them more than one that was counted (docs/EXPLANATIONS.md).
 */
enum { PC_WEIGHT_COMPUTED = 2, PC_WEIGHT_COUNTED = 3 };
unsigned pc_slot_weight(const pc_slot *slot);

/* Ceilings, all of them announced when they are reached. */
enum {
    PC_EXPLAIN_SETS = 8,        /* smallest sets, told for one finding */
    PC_EXPLAIN_MOST = 12,       /* explanations of one finding */
    PC_EXPLAIN_CELLS = 6,       /* cells of a set */
    PC_EXPLAIN_TRIED = 1000,    /* cells of one rule that are tried singly */
    PC_EXPLAIN_FAILING = 16,    /* failing rules of a cell put together */
    PC_EXPLAIN_FACTS = 64,      /* facts that may be another base of a rate */
    PC_EXPLAIN_RATIOS = 512,    /* ... and ratios of them */
    PC_EXPLAIN_NODES = 2000,    /* sets that are looked at for one finding */
    PC_EXPLAIN_QUEUE = 40000,   /* sets that wait for it */
    PC_EXPLAIN_ALL = 100000,    /* ... and in a run */
    PC_EXPLAIN_FINDINGS = 2000, /* findings that are explained in a run */
    PC_EXPLAIN_BLANKS = 1000,   /* blanks that are deduced in a run */
    /* Facts that are looked at: in a run, by the search for sets in a run, and
     * for one finding. What sets leave over is for the rest. */
    PC_EXPLAIN_WORK = 20000000,
    PC_EXPLAIN_SETS_WORK = 10000000,
    PC_EXPLAIN_SET_WORK = 1000000
};

/* All hypotheses of a run. */
typedef struct pc_thinking {
    pc_model model;
    pc_list all;       /* of pc_hypothesis * */
    unsigned decimals; /* that percentages of this submission have */
    size_t cut_short;  /* findings for which a ceiling was reached */
    size_t nodes_left; /* of PC_EXPLAIN_ALL */
    size_t sets_work;  /* of PC_EXPLAIN_SETS_WORK, that was done */
    pc_list blanks;    /* of pc_hypothesis *, deduced */
} pc_thinking;

/* The decimals that a slot's value should have. */
unsigned pc_slot_decimals(const pc_thinking *t, const pc_slot *slot);

/* A ceiling ended the search for what is behind this case. */
void pc_cut_short(pc_thinking *t, pc_case *of);

/* A new hypothesis; NULL without memory. */
pc_hypothesis *pc_think(pc_thinking *t, pc_hypothesis_kind kind,
                        size_t change_count);
/*
 * Looks at what comes of its changes: false, and it is not to be used, if
 * they break a rule or repair none. Fills what it repairs, the support and
 * the weight.
 */
bool pc_prove(pc_thinking *t, pc_hypothesis *h);
/* The same, where rules that hold by rounding or are unknown are repaired if
 * they hold afterwards. */
bool pc_prove_better(pc_thinking *t, pc_hypothesis *h);
/* Adds it to `all`, unless the same has been thought already. */
void pc_keep(pc_thinking *t, pc_hypothesis *h);
/* A copy of another kind, with the changes shared; NULL without memory. */
pc_hypothesis *pc_rethink(pc_thinking *t, const pc_hypothesis *h,
                          pc_hypothesis_kind kind);

/* What the set leaves for the slot; false if it leaves nothing, or nothing
 * but what is printed. `*value` is a number to try. */
bool pc_settle(const pc_thinking *t, pc_slot *slot, const pc_ranges *set,
               pc_proposal *proposal);

/* ---- where hypotheses come from, one file each ----------------------------
 */

/* One cell that repairs a failing rule. Adds all of them for its case. */
void pc_think_single(pc_thinking *t, pc_case *of);
/* Reads what kind of slip or count a minimal change looks like; keeps it
 * under that name, or as it is. */
void pc_interpret(pc_thinking *t, pc_hypothesis *h);
/* A percentage of other facts. */
void pc_think_base(pc_thinking *t, pc_case *of);
/* Smallest sets of more than one cell. */
void pc_think_sets(pc_thinking *t, pc_case *of);
/* Two cells, or a run of rows. */
void pc_think_moves(pc_thinking *t, pc_case *of);
/* A unit that totals leave out or count twice. */
void pc_think_whole(pc_thinking *t);
/* One way of rounding behind all of them. */
void pc_think_rounding(pc_thinking *t);
/* Blanks that are determined. */
void pc_think_blanks(pc_thinking *t);

#endif
