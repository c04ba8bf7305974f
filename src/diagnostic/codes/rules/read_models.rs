//! 401–411: read models and their fields.

codes! {
    /// A read model without fields.
    READ_MODEL_WITHOUT_FIELDS = 401 "read-model-without-fields" Error
        "a read model has no fields"
        "A read model without fields answers no question. In this store a read model is recorded by its fields, one fact for each, so nothing that is recorded can break this rule; the certificate states it all the same."
    /// A field comes from something that the slice does not know.
    FIELD_SOURCE_UNKNOWN = 402 "field-source-unknown" Error
        "a field of a read model comes from something that the slice does not know"
        "A read model is a summary of events. This field comes from an event, an attribute or another field that is not there, so it can never be filled. Project it from an attribute of an event that the slice emits or observes. A derived field names the attributes or the fields of its own read model that it is computed from."
    /// A derived or absent field that no scenario shows.
    FIELD_RULE_WITHOUT_SCENARIO = 403 "field-rule-without-scenario" Error
        "no scenario shows how a field is derived, or what stands there when nothing happened"
        "A field that is computed, or that stands for something that did not happen, follows a rule in prose. Prose is read differently by different people, and an example settles it. The field names a scenario, and that one is missing: a contract scenario of this name that covers the derivation or the absence of the field. Add it, or correct its name or what it covers."
    /// A read model that follows a relationship, with something missing.
    TRANSITIVE_READ_MODEL_INCOMPLETE = 404 "transitive-read-model-incomplete" Error
        "a read model that follows a relationship does not say how"
        "Such a read model answers questions like \"all parts of all parts\". Whoever builds it has to know which fields lead from one to the next, by which rule, and where to stop. It needs a rule, relationship fields that it has, and an example: a contract scenario of the kind `transitive` that covers it. Add what is missing."
    /// A read model that no scenario projects.
    READ_MODEL_WITHOUT_PROJECTOR_SCENARIO = 405 "read-model-without-projector-scenario" Error
        "no scenario shows how a read model is projected"
        "The code that fills a read model from events is easily wrong where events come twice, late or not at all. A contract scenario of the kind `projector` shows what the read model says after which events, and becomes its test. Add one that covers this read model."
    /// A field that is computed from itself.
    FIELD_DERIVATION_CIRCULAR = 406 "field-derivation-circular" Error
        "a field of a read model is computed from itself"
        "The fields are derived from each other in a circle, so none of them can be computed first. Derive one of them from attributes of events, or from fields that do not depend on it."
    /// A read model that no view shows.
    READ_MODEL_NEVER_VIEWED = 410 "read-model-never-viewed" Warning
        "no view of the slice shows a read model"
        "Somebody has to look at a read model, or an automation has to decide by it. Here nobody does. Show it in a view of its slice, or drop it: a projection that nobody reads has to be kept running all the same."
    /// A field that no view shows.
    FIELD_NEVER_SHOWN = 411 "field-never-shown" Warning
        "no view of the slice shows a field of a read model"
        "The field is projected, but no view of the slice shows it and no other field is computed from it. Show it or drop it. In a slice with an automation nothing is said, as the automation may read it."
}
