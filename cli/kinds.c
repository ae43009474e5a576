/* What the kinds of explanations mean, for parcheck explain. */
#include "kinds.h"

static const explanation_kind kinds[] = {
    {"rounding-mode",
     {"Ít nhất hai tỷ lệ chỉ đúng nếu được làm tròn lên hoặc cắt bớt chữ số, "
      "thay vì làm tròn thông thường. Các tỷ lệ này được nêu chung, như một "
      "thói quen tính toán.",
      "At least two rates are right only if they were rounded up or cut off "
      "instead of rounded half up. They are told together, as one habit."},
     {"Tính lại từng tỷ lệ từ tử số và mẫu số, theo công thức của quy tắc hoặc "
      "theo một mẫu số khác. Không tỷ lệ nào khác trong báo cáo được trái với "
      "cách làm tròn đó.",
      "Each rate is computed anew, by its rule or from another base. No other "
      "rate of the submission may contradict that way of rounding."}},
    {"other-base",
     {"Tỷ lệ sai theo các số liệu mà quy tắc nêu, nhưng đúng theo số liệu "
      "khác: "
      "có lẽ đã chia cho nhầm tổng.",
      "The percentage is wrong for the figures of its rule but right for "
      "others: it was probably divided by another total."},
     {"Thử tỷ lệ của các cặp số liệu gần đó, từ gần đến xa. Chỉ nêu khi số cặp "
      "đã thử ít đến mức khó có thể khớp do ngẫu nhiên.",
      "The ratios of figures nearby are tried, the nearest first. It is "
      "offered "
      "only if so few were tried that chance would hardly meet the rate."}},
    {"counted-twice",
     {"Một thành phần của tổng đã được tính hai lần.",
      "A part of a sum was counted twice."},
     {"Tổng lệch đúng bằng một trong các thành phần. Nếu các thành phần cộng "
      "lại "
      "lớn hơn tổng thì thành phần đó đã nằm trong thành phần khác; nếu tổng "
      "lớn "
      "hơn thì thành phần đó đã được cộng hai lần.",
      "The sum is off by just one of its parts. If the parts are more than the "
      "total, that part is already in another one; if the total is more, it "
      "was "
      "added twice."}},
    {"left-out",
     {"Tổng đã bỏ sót một thành phần.", "A total leaves out one of its parts."},
     {"Tổng nhỏ hơn các thành phần cộng lại đúng bằng một thành phần.",
      "The total is less than its parts together by just one of them."}},
    {"cumulative",
     {"Số liệu là lũy kế từ đầu năm, không phải của riêng kỳ báo cáo.",
      "The figure is that since the start of the year, not that of the period "
      "alone."},
     {"Số đã ghi bằng số của kỳ này cộng với các kỳ trước trong cùng năm. Cần "
      "báo cáo có nhiều kỳ.",
      "What is printed is the figure of the period and of the periods before "
      "it "
      "in the same year together. It takes a submission with several "
      "periods."}},
    {"swapped",
     {"Hai số liệu đã bị ghi đổi chỗ cho nhau.", "Two figures changed places."},
     {"Đổi chỗ hai số cùng loại, cách nhau không quá ba dòng trong biểu hoặc "
      "nằm ở các dòng của bảng, thì các quy tắc lại đúng.",
      "With two figures of the same kind exchanged, at most three rows apart "
      "in "
      "the form or in rows of the table, the rules hold again."}},
    {"shifted-row",
     {"Các số liệu bị ghi lệch một dòng.", "The figures stand one row off."},
     {"Bên cạnh các số đó có một ô trống; dời tối đa bảy số về phía ô trống "
      "thì "
      "các quy tắc lại đúng.",
      "There is a blank beside them; moved towards it, up to seven figures "
      "make "
      "the rules hold again."}},
    {"sign",
     {"Số liệu bị ghi sai dấu.", "The figure has the wrong sign."},
     {"Các quy tắc cần đúng số đó nhưng trái dấu.",
      "The rules ask for the same number with the other sign."}},
    {"scale",
     {"Số liệu lớn hơn hoặc nhỏ hơn 10, 100 hay 1000 lần; cũng có thể dấu phân "
      "cách hàng nghìn đã bị hiểu là dấu thập phân hoặc ngược lại.",
      "The figure is 10, 100 or 1000 times too large or too small; or a mark "
      "that groups thousands was taken for that of decimals, or the other way "
      "round."},
     {"Giá trị mà các quy tắc cần bằng số đã ghi nhân hoặc chia cho một trong "
      "các bội số đó.",
      "The value that the rules ask for is the printed one times or divided by "
      "one of these."}},
    {"digit-slip",
     {"Gõ nhầm chữ số: hai chữ số liền nhau đổi chỗ, thiếu, thừa hoặc sai một "
      "chữ số.",
      "A slip of the keyboard: two digits side by side changed places, one is "
      "missing, one is too many, or one is another."},
     {"Giá trị do các quy tắc xác định; một lần gõ nhầm như vậy biến giá trị "
      "đó "
      "thành số đã ghi. Không nêu khi số quá ngắn để phân biệt với ngẫu nhiên.",
      "The rules give the value; one such slip makes of it what is printed. It "
      "is not offered for numbers too short to tell it from chance."}},
    {"minimal-change",
     {"Thay đổi nhỏ nhất làm cho quy tắc đúng trở lại, không kèm lý do. Khi "
      "giá "
      "trị không xác định thì nêu khoảng cho phép.",
      "The smallest change that makes the rule hold again, without a reason "
      "for "
      "it. Where the value is not determined, its range is given."},
     {"Tìm giá trị mà mọi quy tắc về một ô cùng cho phép; nếu không có ô nào "
      "như "
      "vậy thì tìm nhóm ô nhỏ nhất, tối đa sáu ô.",
      "A value is looked for that all rules on one cell allow; if there is no "
      "such cell, the smallest set of cells, of up to six."}},
    {"deduced-blank",
     {"Ô trống mà các ô khác xác định được giá trị. Đây là gợi ý điền, không "
      "phải "
      "lỗi.",
      "A blank cell whose value the other cells determine. It is something to "
      "fill in, not an error."},
     {"Đó là ô trống duy nhất của một quy tắc, các ô khác đều có giá trị, và "
      "giá "
      "trị tìm được không làm quy tắc nào khác sai. Thành phần bằng 0 thì "
      "không "
      "nêu.",
      "It is the only blank of a rule whose other cells all have values, and "
      "the "
      "value makes no other rule fail. A part that would be 0 is not told."}},
};

size_t kind_count(void)
{
    return sizeof kinds / sizeof *kinds;
}

const explanation_kind *kind_at(size_t index)
{
    return &kinds[index];
}
