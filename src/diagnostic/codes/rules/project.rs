//! 951–952: the project.

codes! {
    /// Two workflows or slices with one slug.
    SLUG_TWICE = 951 "slug-twice" Error
        "two workflows or two slices of the project have the same slug"
        "A slug is how everything else names a workflow or slice, and what its files and its stream are called. With two of one slug, events of one reach the other, and generated files overwrite each other. It can come from a merge in which both sides added it. Remove one of the two and add it again with another slug."
    /// An exit to a workflow that does not exist.
    EXIT_WORKFLOW_UNKNOWN = 952 "exit-workflow-unknown" Error
        "a transition leaves for a workflow that the project does not have"
        "A journey would leave this workflow and arrive nowhere. Name a workflow of this project by its slug, or add it."
}
