/*
 * The style sheet. The policy of the page allows no other, by the digest of
 * its very bytes; so nothing in the page has a style attribute.
 *
 * Colours come in pairs that keep a contrast of 4.5 to 1, in the light and in
 * the dark; a test works that out. No colour carries a meaning alone. Sizes
 * are in rem, so that paper has to set but one; what a row may be is told
 * there with the findings, and not again below the row.
 */
#include <string.h>

#include "base/sha256.h"
#include "report/html.h"

static const char *const style[] = {
    ":root{color-scheme:light dark;"
    "--bg:#f4f5f7;--card:#fff;--ink:#1a1d21;--dim:#4d5661;--line:#d3d8de;"
    "--head:#e9edf2;--link:#0b4f9e;"
    "--e:#a3161b;--eb:#fde9e8;--w:#704800;--wb:#fff1cc;"
    "--n:#0b4f8a;--nb:#e4f0fb;--ob:#eceff3}\n",
    "@media (prefers-color-scheme:dark){:root{"
    "--bg:#14171a;--card:#1d2125;--ink:#e8eaed;--dim:#aab4bf;--line:#3b434b;"
    "--head:#272d33;--link:#8ec2ff;"
    "--e:#ffb0ab;--eb:#47191b;--w:#ffd479;--wb:#3f2e05;"
    "--n:#a5d3ff;--nb:#10304c;--ob:#2a3037}}\n",
    "*{box-sizing:border-box}\n"
    "html{scroll-padding-top:1rem}\n"
    "body{margin:0 auto;max-width:80rem;padding:0 1rem 3rem;"
    "background:var(--bg);color:var(--ink);"
    "font:1rem/1.5 system-ui,\"Segoe UI\",Roboto,\"Noto Sans\","
    "\"Liberation Sans\",Arial,sans-serif;overflow-wrap:anywhere}\n"
    "h1,h2,h3,h4{line-height:1.25;margin:0}\n"
    "h1{font-size:1.75rem}\n"
    "h2{font-size:1.4rem;margin:2.5rem 0 .75rem}\n"
    "h3{font-size:1.1rem;margin:1.5rem 0 .75rem}\n"
    "h4{display:flex;gap:.5rem;align-items:baseline;font-size:1rem;"
    "font-weight:600}\n"
    ".msg::first-letter{text-transform:uppercase}\n"
    "h4 .k,.at>.k{flex:none}\n"
    "p{margin:.4rem 0}\n",
    "a{color:var(--link);text-underline-offset:.15em}\n"
    ":focus-visible{outline:3px solid var(--link);outline-offset:2px}\n"
    "code{font:.85em/1.4 ui-monospace,Consolas,\"Noto Sans Mono\","
    "\"DejaVu Sans Mono\",monospace}\n"
    ".cp{padding:0 .2em;border:1px solid currentColor;border-radius:.2em;"
    "font-size:.75em}\n"
    ".vh{position:absolute;width:1px;height:1px;overflow:hidden;"
    "clip-path:inset(50%);white-space:nowrap}\n"
    ".skip{position:absolute;left:1rem;top:-6rem;padding:.6rem 1rem;"
    "background:var(--card);border:2px solid var(--link);z-index:9}\n"
    ".skip:focus{top:.5rem}\n",
    "header{padding:1.75rem 0 0}\n"
    ".tiles{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;"
    "margin:1rem 0;padding:0}\n"
    ".tile{flex:1 1 6rem;max-width:14rem;border:1px solid currentColor;"
    "border-radius:.5rem}\n"
    ".tile a,.tile.none{display:block;padding:.6rem .9rem;color:inherit;"
    "text-decoration:none}\n"
    ".tile a:hover{text-decoration:underline}\n"
    ".tile.none{background:var(--card);color:var(--dim)}\n"
    ".big{display:block;font-size:1.6rem;font-weight:700;line-height:1.2;"
    "font-variant-numeric:tabular-nums}\n"
    ".rules,.sub,.where,.src,.must,.legend,.cut,footer{color:var(--dim)}\n"
    ".files{list-style:none;margin:1rem 0 0;padding:0}\n"
    ".files li{padding:.6rem .9rem;background:var(--card);"
    "border:1px solid var(--line);border-radius:.5rem;margin:.4rem 0}\n"
    ".files a{font-weight:600}\n"
    ".sub,.src,.legend,footer{font-size:.875rem}\n",
    ".k{display:inline-block;padding:0 .4em;border-radius:.3em;"
    "font-size:.8125rem;font-weight:700;line-height:1.5;white-space:nowrap;"
    "text-decoration:none;font-variant-numeric:tabular-nums}\n"
    "a.k:hover{text-decoration:underline}\n"
    ".ke{color:var(--e);background:var(--eb)}\n"
    ".kw{color:var(--w);background:var(--wb)}\n"
    ".kn{color:var(--n);background:var(--nb)}\n"
    ".k.ke,.k.kw,.k.kn{border:1px solid currentColor}\n",
    ".f{background:var(--card);border:1px solid var(--line);"
    "border-left-width:.35rem;border-radius:.5rem;padding:.75rem 1rem;"
    "margin:.6rem 0}\n"
    ".fe{border-left-color:var(--e)}\n"
    ".fw{border-left-color:var(--w)}\n"
    ".fn{border-left-color:var(--n)}\n"
    ".f:target{outline:3px solid var(--link);outline-offset:1px}\n"
    ".f .sum{font-size:1.125rem;font-weight:600;margin:.4rem 0;"
    "font-variant-numeric:tabular-nums}\n"
    ".where{font-size:.9375rem}\n"
    "details{margin:.3rem 0}\n"
    "summary{cursor:pointer;color:var(--link);padding:.15rem 0;"
    "width:fit-content}\n"
    "details ol{margin:.25rem 0;padding-left:1.6rem}\n"
    ".changes{margin:.2rem 0;padding-left:1.1rem}\n"
    ".changes s{color:var(--dim)}\n"
    ".src{margin-bottom:0}\n",
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.35rem .55rem;vertical-align:top;text-align:left;"
    "border:1px solid var(--line)}\n"
    ".ops{font-size:.9375rem;margin:.4rem 0;background:var(--card)}\n"
    ".ops th{font-weight:600;background:var(--head)}\n"
    ".ops tbody th{font-weight:400;background:none}\n"
    ".ops .v{min-width:5.5rem;text-align:right;font-weight:600}\n"
    ".ops .c{white-space:nowrap}\n",
    ".scroll{position:relative;overflow-x:auto;margin:0 0 "
    "1.25rem;border-radius:.5rem}\n"
    ".form{width:100%;background:var(--card);font-size:.9375rem}\n"
    ".form caption{text-align:left;font-size:1rem;font-weight:700;"
    "padding:.4rem 0}\n"
    ".form thead th{background:var(--head);font-weight:600;"
    "vertical-align:bottom}\n"
    ".abc td{padding:.05rem .5rem;text-align:center;font-size:.75rem;"
    "color:var(--dim);background:var(--head)}\n"
    ".form .r{width:1%;padding:.35rem .3rem;text-align:right;"
    "font-size:.75rem;line-height:1.875;color:var(--dim);"
    "background:var(--head);white-space:nowrap}\n"
    ".form tbody th{font-weight:400}\n"
    ".form .c{width:1%;white-space:nowrap}\n"
    ".form .l{min-width:9rem}\n"
    ".form .u{width:10rem;min-width:4.75rem}\n"
    ".form td.u{color:var(--dim)}\n"
    ".form .v{width:8rem;min-width:4.5rem;text-align:right}\n"
    ".form .x{min-width:5rem}\n"
    ".t td{font-weight:600;background:var(--head)}\n"
    ".t .p{margin-right:.75rem}\n",
    ".form .me{background:var(--eb);box-shadow:inset 0 0 0 2px var(--e)}\n"
    ".form .mw{background:var(--wb);box-shadow:inset 0 0 0 2px var(--w)}\n"
    ".form .mn{background:var(--nb);box-shadow:inset 0 0 0 1px var(--n)}\n"
    ".mo{background:var(--ob);outline:1px dashed var(--dim);"
    "outline-offset:-2px}\n"
    ".legend .mo{padding:0 .4em}\n"
    "td:target,th:target,.p:target{outline:3px solid var(--link);"
    "outline-offset:-3px}\n"
    ".refs .k{margin-left:.2rem}\n"
    ".mo .k{background:none}\n"
    ".may{display:block;font-size:.8125rem;color:var(--e)}\n"
    ".a td{border-top:0}\n"
    ".at{display:flex;gap:.5rem;align-items:baseline;max-width:60rem;"
    "padding:.1rem 0 .3rem .6rem;"
    "border-left:.25rem solid}\n"
    ".ae .at{border-color:var(--e)}\n"
    ".aw .at{border-color:var(--w)}\n"
    ".an .at{border-color:var(--n)}\n"
    ".at p{margin:0}\n"
    ".at .sum{font-weight:600}\n"
    ".at .sum::first-letter{text-transform:uppercase}\n"
    ".must{font-size:.875rem}\n",
    "footer{margin-top:3rem;border-top:1px solid var(--line);"
    "padding-top:.75rem}\n"
    ".wide .form{font-size:.8125rem}\n"
    ".wide .form th,.wide .form td{padding:.3rem .35rem}\n"
    ".wide .form .v{width:auto;min-width:3.25rem}\n"
    ".wide .form tbody th{position:sticky;left:0;background:var(--card);"
    "box-shadow:1px 0 var(--line)}\n"
    ".wide .form thead th{font-size:.75rem;line-height:1.3;min-width:4rem;"
    "overflow-wrap:normal;hyphens:auto}\n"
    ".wide .at{position:sticky;left:.5rem;width:fit-content;"
    "max-width:min(60rem,calc(100vw - 4rem))}\n",
    "@media (max-width:40rem){body{padding:0 .75rem 2rem}"
    "h1{font-size:1.4rem}h2{font-size:1.2rem}"
    ".form{font-size:.875rem}.form th,.form td{padding:.3rem .3rem}"
    ".form .l{min-width:8rem}.form .v{min-width:3.5rem}"
    ".form .c{white-space:normal;min-width:2.25rem;overflow-wrap:normal}"
    ".tile{flex-basis:5rem}.tile a,.tile.none{padding:.5rem .6rem}"
    ".big{font-size:1.3rem}.f{padding:.6rem .7rem}}\n",
    "@media print{:root{color-scheme:light;--bg:#fff;--card:#fff;"
    "--ink:#000;--dim:#333;--line:#888;--head:#eee;--link:#000;"
    "--e:#a3161b;--eb:#fde9e8;--w:#704800;--wb:#fff1cc;--n:#0b4f8a;"
    "--nb:#e4f0fb;--ob:#eee}"
    "@page{size:A4;margin:12mm}@page wide{size:A4 landscape;margin:10mm}"
    "html{font-size:9pt}body{max-width:none;padding:0;"
    "print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    ".skip,.at details{display:none}.scroll{overflow:visible}"
    ".wide{page:wide}.wide .form{font-size:7pt}"
    ".wide .form thead th{font-size:6.5pt;min-width:0}"
    ".wide .form .v{min-width:0}.wide .at,.wide .form tbody th"
    "{position:static}"
    "h2,h3,h4,caption{break-after:avoid}"
    ".f,tr,.tile{break-inside:avoid}thead{display:table-header-group}"
    "a{color:inherit;text-decoration:none}"
    "summary{list-style:none;color:inherit;font-weight:600}"
    "details::details-content{content-visibility:visible;"
    "block-size:auto}}\n",
};

enum { PIECES = sizeof style / sizeof *style };

void pc_html_style(pc_buffer *out)
{
    for (size_t i = 0; i < PIECES; i++)
        pc_buffer_text(out, style[i]);
}

static unsigned digit_value(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;
}

/* Base 64 of the bytes that the hexadecimal digits stand for: 32 of them, so
 * the last group has two and one "=" behind it. */
static void write_base64(pc_buffer *out, const char *hex)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0;
    unsigned count = 0;

    for (; *hex != '\0'; hex++) {
        bits = bits << 4 | digit_value(*hex);
        count += 4;
        if (count >= 6) {
            count -= 6;
            pc_buffer_char(out, digits[bits >> count & 63]);
        }
    }
    if (count > 0)
        pc_buffer_char(out, digits[bits << (6 - count) & 63]);
    pc_buffer_char(out, '=');
}

void pc_html_style_digest(pc_html *html)
{
    char hex[PC_SHA256_HEX];
    pc_sha256 hash;

    pc_sha256_init(&hash);
    for (size_t i = 0; i < PIECES; i++)
        pc_sha256_add(&hash, style[i], strlen(style[i]));
    pc_sha256_finish(&hash, hex);
    write_base64(html->out, hex);
}
