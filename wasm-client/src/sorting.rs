//! Sorting in few bytes of wasm: the library's own costs kilobytes for each type.
//!
//! Owns nothing else.

/// Sorts by a number (D. L. Shell 1959, gaps by M. Ciura 2001): the library's own is a kilobyte of the
/// download. O(n^4/3) or so.
pub(crate) fn sort<T>(row: &mut [T], key: fn(&T) -> f64) {
    for gap in [701, 301, 132, 57, 23, 10, 4, 1] {
        for from in gap..row.len() {
            let mut at = from;
            while let Some(before) = at.checked_sub(gap)
                && row.get(before).map(key) > row.get(at).map(key)
            {
                row.swap(before, at);
                at = before;
            }
        }
    }
}
