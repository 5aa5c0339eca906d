//! Why an SVG stays a picture.
//!
//! Owns the list: a part of any of these kinds makes all of it one, so that nothing is half there.

/// What an SVG has that boards cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOurs {
    /// It cannot be read.
    #[error("it is damaged")]
    Damaged,
    /// Nothing in it is seen.
    #[error("nothing in it is seen")]
    Nothing,
    /// More parts than people change one by one.
    #[error("it has very many parts")]
    Many,
    /// Groups in groups.
    #[error("its parts are nested deeply")]
    Deep,
    /// A number that no board has.
    #[error("something in it is very far away, or no number")]
    Far,
    /// A gradient, a pattern, or a paint that is unknown.
    #[error("it has a gradient or pattern")]
    Paint,
    /// A filter, a mask, or a way of blending.
    #[error("it has a filter, a mask, or blends")]
    Effect,
    /// Something that cuts a part of it off.
    #[error("something cuts off a part of it")]
    Clip,
    /// A lean, or lines that are wider in one direction.
    #[error("something in it leans, or is stretched")]
    Skew,
    /// Lines that are dashed by their own length, or so wide that one sees how they meet.
    #[error("lines in it are more than solid, dashed or dotted")]
    Lines,
    /// An inside with holes.
    #[error("something in it has holes")]
    Holes,
    /// Parts that lie above one another and fade as one.
    #[error("a group in it fades as one")]
    Opacity,
    /// Letters on a path, one by one, upright, outlined or too small.
    #[error("letters in it are not set in lines")]
    Letters,
    /// A picture in it that boards do not show.
    #[error("a picture in it cannot be shown")]
    Picture,
    /// A style sheet that says more than what parts of a name look like.
    #[error("its style sheet says more than can be followed")]
    Sheet,
    /// It moves, or has a part of a web page in it.
    #[error("it moves, or has a part of a page in it")]
    Foreign,
}
