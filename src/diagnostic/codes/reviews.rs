//! 6001–6999: why the review gate is closed.

codes! {
    /// A workflow that nobody reviewed.
    REVIEW_MISSING = 6001 "review-missing" Error
        "a workflow was never reviewed"
        "The gate opens for a workflow that somebody has reviewed in all 13 categories. Read its review page, and say what you found: `cargo emc review record --workflow SLUG --reviewer NAME`, with a `--finding CATEGORY=TEXT` for each thing that has to be mended first."
    /// A workflow that changed since its review.
    REVIEW_STALE = 6002 "review-stale" Error
        "a workflow has changed since it was reviewed"
        "A review belongs to what the workflow and its slices said at the time. `cargo emc review diff --workflow SLUG` shows what has changed since; read that, and record a new review. Reviews and declarations of readiness themselves change nothing, nor does an edit of another workflow."
    /// A finding that no clean review followed.
    REVIEW_FINDING = 6003 "review-finding" Error
        "a finding of a review is open"
        "What a reviewer found stays open until a later review of the workflow is clean: mend the model, then record a review without findings. Where two people reviewed at the same time, the findings of both count."
    /// A review that leaves out categories.
    REVIEW_INCOMPLETE = 6004 "review-incomplete" Error
        "a review leaves out some of the 13 categories"
        "A clean review has looked at every category. Another tool wrote one that names fewer; `cargo emc review record` writes all of them."
    /// A workflow that is not ready.
    NOT_READY = 6005 "not-ready" Error
        "a workflow is not verified as it is"
        "`cargo emc review gate --ready` demands, besides the review, that Lean and Quint have accepted the workflow as it is. `cargo emc verify` runs them and records it."
}
