/* Whole numbers of 384 bits. The expected values were worked out with the
 * unbounded integers of Python. */
#include "value/wide.h"

#include <string.h>

#include "failing_allocator.h"
#include "runner.h"

/* 2^384 - 1. */
#define LARGEST                                                                \
    "394020061963944792122790401001436138050797392704654466679482"             \
    "93404245721771497210611414266254884915640806627990306815"

static failing_allocator fa;
static parcheck_allocator allocator;
static pc_buffer out;

static void setup(void)
{
    failing_allocator_init(&fa, 0, false);
    allocator = failing_allocator_get(&fa);
    pc_buffer_init(&out, &allocator, 1000);
}

static void teardown(void)
{
    pc_buffer_free(&out);
    ck_assert_uint_eq(fa.live, 0);
}

/* Reads decimal digits without the functions under test. */
static pc_wide wide(const char *digits)
{
    pc_wide a = {.negative = digits[0] == '-'};

    for (digits += a.negative; *digits != '\0'; digits++) {
        uint64_t carry = (uint64_t)(*digits - '0');
        for (size_t i = 0; i < PC_WIDE_LIMBS; i++) {
            carry += (uint64_t)a.limb[i] * 10;
            a.limb[i] = (uint32_t)carry;
            carry >>= 32;
        }
        ck_assert_uint_eq(carry, 0);
    }
    return a;
}

static void check_wide(pc_wide got, const char *expected)
{
    const pc_wide same = wide(expected);

    pc_buffer_clear(&out);
    pc_wide_write(&out, got);
    ck_assert_str_eq(out.data, expected);
    ck_assert_mem_eq(got.limb, same.limb, sizeof same.limb);
    ck_assert_int_eq(got.negative, same.negative);
    ck_assert(!got.overflow);
}

static const struct {
    int64_t value;
    const char *digits;
} small[] = {
    {0, "0"},
    {1, "1"},
    {-1, "-1"},
    {10, "10"},
    {4294967295, "4294967295"},
    {-4294967296, "-4294967296"},
    {999999999999999999, "999999999999999999"},
    {INT64_MAX, "9223372036854775807"},
    {INT64_MIN, "-9223372036854775808"},
};

START_TEST(small_numbers_become_wide)
{
    check_wide(pc_wide_from(small[_i].value), small[_i].digits);
}
END_TEST

START_TEST(powers_of_ten)
{
    char digits[117] = "1";

    for (unsigned exponent = 0; exponent <= 115; exponent++) {
        check_wide(pc_wide_power10(exponent), digits);
        digits[exponent + 1] = '0';
    }
    ck_assert(pc_wide_power10(116).overflow);
    ck_assert(pc_wide_power10(400).overflow);
}
END_TEST

START_TEST(the_largest_number_is_written)
{
    pc_wide largest;

    memset(&largest, 0, sizeof largest);
    memset(largest.limb, 0xFF, sizeof largest.limb);
    check_wide(largest, LARGEST);
    largest.negative = true;
    check_wide(largest, "-" LARGEST);
}
END_TEST

START_TEST(writing_appends)
{
    pc_buffer_text(&out, "x=");
    pc_wide_write(&out, pc_wide_from(-12));
    ck_assert_str_eq(out.data, "x=-12");
}
END_TEST

START_TEST(writing_needs_memory)
{
    failing_allocator_init(&fa, 1, false);
    pc_wide_write(&out, pc_wide_from(1));
    ck_assert(out.failed);
}
END_TEST

typedef enum operation { ADD, SUBTRACT, MULTIPLY, FLOOR, GCD } operation;

static pc_wide apply(operation op, pc_wide a, pc_wide b)
{
    switch (op) {
    case ADD:
        return pc_wide_add(a, b);
    case SUBTRACT:
        return pc_wide_subtract(a, b);
    case MULTIPLY:
        return pc_wide_multiply(a, b);
    case FLOOR:
        return pc_wide_floor_divide(a, b);
    case GCD:
        break;
    }
    return pc_wide_gcd(a, b);
}

/* NULL: the result does not fit. */
static const struct {
    operation op;
    const char *a;
    const char *b;
    const char *result;
} operations[] = {
    {ADD, "0", "0", "0"},
    {ADD, "1", "-1", "0"},
    {ADD, "4294967295", "1", "4294967296"},
    {ADD, "18446744073709551615", "1", "18446744073709551616"},
    {ADD, "340282366920938463463374607431768211455",
     "340282366920938463463374607431768211455",
     "680564733841876926926749214863536422910"},
    {ADD,
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153408",
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153407",
     LARGEST},
    {ADD, LARGEST, "0", LARGEST},
    {ADD, LARGEST, "1", NULL},
    {ADD, "-" LARGEST, "-1", NULL},
    {ADD, LARGEST, "-" LARGEST, "0"},
    {ADD,
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153408",
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153408",
     NULL},
    {ADD, "5", "-7", "-2"},
    {ADD, "-5", "7", "2"},
    {ADD, "-5", "-7", "-12"},
    {ADD, "79228162514264337593543950336", "-1",
     "79228162514264337593543950335"},
    {ADD, "-79228162514264337593543950336", "1",
     "-79228162514264337593543950335"},
    {ADD, "998435424572456306976059362767922973553739533891271660749697",
     "1213191373977264786011521979022611293050754113021204346824",
     "999648615946433571762070884746945584846790288004292865096521"},
    {ADD, "855225286870348266653195980526664121643207548059567298799475",
     "-1186669131735481332040725654283396900310335004715164976713",
     "854038617738612785321155254872380724742897213054852133822762"},
    {ADD, "-1251343354311095194695566496279983646",
     "-175604614548884311658729925899705001533297057478077901601669454056789619"
     "2589820290286844275",
     "-175604614548884311658729925899705001533297057478077901726803789487899138"
     "7285386786566827921"},
    {ADD, "996024691982943131911509745650835941",
     "-153421345850665538084751925953275025535035613547691559731657524270370122"
     "8965914772876663400",
     "-153421345850665538084751925953275025535035613547691559632055055072075809"
     "7054405027225827459"},
    {SUBTRACT, "0", "0", "0"},
    {SUBTRACT, "0", LARGEST, "-" LARGEST},
    {SUBTRACT, "0", "-5", "5"},
    {SUBTRACT, "4294967296", "1", "4294967295"},
    {SUBTRACT, "18446744073709551616", "1", "18446744073709551615"},
    {SUBTRACT,
     "9173994463960286046443283581208347763186259956673124494950355357547691504"
     "353939232280074212440502746218496",
     "1",
     "9173994463960286046443283581208347763186259956673124494950355357547691504"
     "353939232280074212440502746218495"},
    {SUBTRACT, "-" LARGEST, "1", NULL},
    {SUBTRACT, LARGEST, "-1", NULL},
    {SUBTRACT, "3", "10", "-7"},
    {SUBTRACT, "-3", "-10", "7"},
    {SUBTRACT, "10", "3", "7"},
    {SUBTRACT,
     "6871391275252633682845721013502891623186972828244708307459578522504687503"
     "0432",
     "8303698717034179895186990231291568980673053892625657690852341371056422839"
     "4556",
     "-143230744178154621234126921778867735748608106438094938339276284855173533"
     "64124"},
    {SUBTRACT, "-945065876122993667409106267",
     "1037814825343618354559494902185597164874931884978266220422351123253739712"
     "091",
     "-103781482534361835455949490218559716487493188497921128629847411692114881"
     "8358"},
    {MULTIPLY, "0", "-5", "0"},
    {MULTIPLY, "-3", "-4", "12"},
    {MULTIPLY, "-3", "4", "-12"},
    {MULTIPLY, "1", LARGEST, LARGEST},
    {MULTIPLY, "-1", LARGEST, "-" LARGEST},
    {MULTIPLY, "4294967295", "4294967295", "18446744065119617025"},
    {MULTIPLY, "6277101735386680763835789423207666416102355444464034512895",
     "6277101735386680763835789423207666416102355444464034512895",
     "3940200619639447921227904010014361380507973927046544666793573920077494840"
     "9969539032567850922052710929917699921281025"},
    {MULTIPLY, "6277101735386680763835789423207666416102355444464034512896",
     "6277101735386680763835789423207666416102355444464034512896", NULL},
    {MULTIPLY,
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153408",
     "2", NULL},
    {MULTIPLY,
     "9850501549098619803069760025035903451269934817616361666987073351061430442"
     "874302652853566563721228910201656997576704",
     "2",
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153408"},
    {MULTIPLY,
     "9173994463960286046443283581208347763186259956673124494950355357547691504"
     "353939232280074212440502746218496",
     "2147483648",
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153408"},
    {MULTIPLY,
     "9173994463960286046443283581208347763186259956673124494950355357547691504"
     "353939232280074212440502746218496",
     "4294967296", NULL},
    {MULTIPLY, "1000000000000000000",
     "100000000000000000000000000000000000000000000000000",
     "100000000000000000000000000000000000000000000000000000000000000000000"},
    {MULTIPLY, "803599143130886321178377814605940130515902203",
     "1447159755405642924505660465715477028223156659284259020333398",
     "1162936339417477688039208108481090302954704051955516854247297966249259371"
     "498900400305333459274361822675794"},
    {MULTIPLY, "-1457648466029057271901400455251918545665163964789933102567",
     "13522632388648499999395905540223808696916106347860340912834",
     "-197112443579883326434600864169461793267458473480152156640181641198140913"
     "18679773178739877638780684373265286528644878"},
    {MULTIPLY, "891031277348407965843839042014262426095875427278085821359598",
     "1354570208421382886041747958605479217730044629901076045183140", NULL},
    {MULTIPLY, "5423626040",
     "4035406546063896806537497533160246054697486430638492475088597337270119450"
     "025060570254055272590519442728972",
     "2188653602521861022380961385728367399506455172775758161423456782549288236"
     "3066397161407143592021239506711141201630880"},
    {MULTIPLY, LARGEST, LARGEST, NULL},
    {FLOOR, "7", "2", "3"},
    {FLOOR, "-7", "2", "-4"},
    {FLOOR, "6", "2", "3"},
    {FLOOR, "-6", "2", "-3"},
    {FLOOR, "0", "5", "0"},
    {FLOOR, "1", "5", "0"},
    {FLOOR, "-1", "5", "-1"},
    {FLOOR, "-5", "5", "-1"},
    {FLOOR, "-6", "5", "-2"},
    {FLOOR, LARGEST, "1", LARGEST},
    {FLOOR, "-" LARGEST, "1", "-" LARGEST},
    {FLOOR, LARGEST, LARGEST, "1"},
    {FLOOR, "-" LARGEST, LARGEST, "-1"},
    {FLOOR, LARGEST,
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153409",
     "1"},
    {FLOOR, "-" LARGEST, "2",
     "-197010030981972396061395200500718069025398696352327233339741467021228608"
     "85748605305707133127442457820403313995153408"},
    {FLOOR,
     "1970100309819723960613952005007180690253986963523272333397414670212286088"
     "5748605305707133127442457820403313995153408",
     "4294967296",
     "4586997231980143023221641790604173881593129978336562247475177678773845752"
     "176969616140037106220251373109248"},
    {FLOOR,
     "-197010030981972396061395200500718069025398696352327233339741467021228608"
     "85748605305707133127442457820403313995153409",
     "4294967296",
     "-458699723198014302322164179060417388159312997833656224747517767877384575"
     "2176969616140037106220251373109249"},
    {FLOOR,
     "3940200619639447921227904010014361380507973927046544666794829340424572177"
     "1497210611414266254884915640806627990306814",
     LARGEST, "0"},
    {FLOOR,
     "-394020061963944792122790401001436138050797392704654466679482934042457217"
     "71497210611414266254884915640806627990306814",
     LARGEST, "-1"},
    {FLOOR,
     "1646402800530766505167951561967629128609687807395152533230021210128613632"
     "954276087346433342",
     "1100517158071349143498557794785044538275584960",
     "1496026471242010656406016976969043924631825736"},
    {FLOOR,
     "-126929389885744802220181542539308990357236219728678670371173700199913618"
     "9290701629603769178",
     "1370420182269691889877459298368915324395757693",
     "-926207826825230805719427435189188320208277521"},
    {FLOOR,
     "3294534047243919461421181478422291989022942277382679309529475118049122853"
     "7900813952634176180297366938723988862290100",
     "5318881399",
     "6194035550150306070814461261542207192619792192855923669993971824693289901"
     "631215889541246787311071407990984"},
    {FLOOR,
     "-333053000946815627871019801332046231451966706398406052332879444023808301"
     "87726142313602164163441287638757204626001121",
     "4350343873820241688732720086119360497532427747129580571328762913626613874"
     "654060998466820854271537757497140",
     "-7655785626"},
    {FLOOR, "1000000000000000000000000000000000000000000000000000000000000",
     "3", "333333333333333333333333333333333333333333333333333333333333"},
    {FLOOR, "-1000000000000000000000000000000000000000000000000000000000000",
     "3", "-333333333333333333333333333333333333333333333333333333333334"},
    {GCD, "0", "0", "0"},
    {GCD, "0", "5", "5"},
    {GCD, "5", "0", "5"},
    {GCD, "12", "18", "6"},
    {GCD, "-12", "18", "6"},
    {GCD, "12", "-18", "6"},
    {GCD, "-12", "-18", "6"},
    {GCD, "1", LARGEST, "1"},
    {GCD, LARGEST, "18446744073709551616", "1"},
    {GCD, "17", "17", "17"},
    {GCD, "850753606759541121708848304640949993596241334200",
     "1398609040542548251234942971975022671041796330527630",
     "2491144629584367888549839431510"},
    {GCD, "-1356468274954238772329556838388670587739643222790",
     "1821399192524025014061702020874565558081312813345144472078146144752621431"
     "341104438491559615",
     "1245572314792183944274919715755"},
    {GCD, "1000000000000000000000000000000000000", "85899345920000000",
     "5368709120000000"},
    {GCD,
     "2530521050276290503399850884560459559112748130858263001338697370209768591"
     "6546974342816964344031169307770779797204931",
     "1692335814215817109574289586256238468250344559745316153232038239022184804"
     "6788185950406465393310709681149030649206227",
     "1"},
};

START_TEST(operations_are_exact)
{
    operation op = operations[_i].op;
    pc_wide result = apply(op, wide(operations[_i].a), wide(operations[_i].b));

    if (operations[_i].result == NULL)
        ck_assert(result.overflow);
    else
        check_wide(result, operations[_i].result);
}
END_TEST

/* A wrong number never looks right again. */
START_TEST(overflow_stays)
{
    static const char *const values[] = {"0", "1", "7", LARGEST};
    pc_wide wrong = wide(values[_i]);
    pc_wide right = wide("5");

    wrong.overflow = true;
    for (operation op = ADD; op <= GCD; op = (operation)(op + 1)) {
        if (op != FLOOR || _i > 0)
            ck_assert(apply(op, right, wrong).overflow);
        ck_assert(apply(op, wrong, right).overflow);
    }
    ck_assert(pc_wide_negate(wrong).overflow);
}
END_TEST

START_TEST(there_is_one_zero)
{
    ck_assert(!pc_wide_negate(pc_wide_from(0)).negative);
    ck_assert(!pc_wide_add(pc_wide_from(-3), pc_wide_from(3)).negative);
    ck_assert(!pc_wide_multiply(pc_wide_from(-3), pc_wide_from(0)).negative);
    check_wide(pc_wide_negate(pc_wide_from(3)), "-3");
    check_wide(pc_wide_negate(pc_wide_from(-3)), "3");
}
END_TEST

static const char *const ascending[] = {"-" LARGEST,
                                        "-18446744073709551616",
                                        "-4294967296",
                                        "-4294967295",
                                        "-1",
                                        "0",
                                        "1",
                                        "4294967295",
                                        "4294967296",
                                        "4294967297",
                                        "18446744073709551615",
                                        LARGEST};
enum { NUMBERS = sizeof ascending / sizeof *ascending };

START_TEST(numbers_are_compared)
{
    for (int i = 0; i < NUMBERS; i++) {
        pc_wide a = wide(ascending[_i]);
        pc_wide b = wide(ascending[i]);
        ck_assert_int_eq(pc_wide_compare(&a, &b), _i < i ? -1 : _i > i);
    }
}
END_TEST

START_TEST(numbers_have_a_sign)
{
    pc_wide a = wide(ascending[_i]);

    ck_assert_int_eq(pc_wide_sign(&a), _i < 5 ? -1 : _i > 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wide");
    TCase *tests = tcase_create("wide");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, small_numbers_become_wide, 0,
                        sizeof small / sizeof *small);
    tcase_add_test(tests, powers_of_ten);
    tcase_add_test(tests, the_largest_number_is_written);
    tcase_add_test(tests, writing_appends);
    tcase_add_test(tests, writing_needs_memory);
    tcase_add_loop_test(tests, operations_are_exact, 0,
                        sizeof operations / sizeof *operations);
    tcase_add_loop_test(tests, overflow_stays, 0, 4);
    tcase_add_test(tests, there_is_one_zero);
    tcase_add_loop_test(tests, numbers_are_compared, 0, NUMBERS);
    tcase_add_loop_test(tests, numbers_have_a_sign, 0, NUMBERS);
    suite_add_tcase(suite, tests);
    return pc_run_suite(suite);
}
