//! 701–703: where information comes from, and in what form.

codes! {
    /// A datum whose representation is not recorded.
    DATUM_WITHOUT_FLOW = 701 "datum-without-flow" Error
        "it is not recorded how a datum is represented"
        "Every value that moves through the system has a form: characters, digits, bits, a unit. Where it is not recorded, two people choose differently, and a title is cut or an amount is off by a hundred. Record a data flow of this datum to its owner with its representation. Fields of views and payloads carry it themselves."
    /// A copy in another representation.
    REPRESENTATION_CHANGES_SILENTLY = 702 "representation-changes-silently" Error
        "a value changes its representation on the way without a conversion"
        "A copy is said to be the same value, but it has another representation than what it is copied from, or one datum is recorded with two. Somewhere the value has to be converted, and if nobody says how, it will be cut, rounded or misread. Use one encoding, or state the conversion: a data flow whose transformation says what happens."
    /// A value that has no origin.
    PROVENANCE_CIRCULAR = 703 "provenance-circular" Error
        "a value has no origin: the way back goes round in a circle or ends nowhere"
        "Follow the attribute back: it is made of an input, the input is read from an event, and so on. Every way has to end where values come into the world: an actor, a session, a generator, a payload of another system. Here it comes back to itself, so there is no first value, or it ends at an input or attribute that is not there. Let at least one way start at an origin."
}
