//! 801–808: the board.

codes! {
    /// A card that stands for nothing.
    CARD_WITHOUT_DEFINITION = 801 "card-without-definition" Error
        "a card stands for something that the slice does not have"
        "The board is a picture of the model, and people decide in front of it. A card for something that is not defined promises what nobody will build. Define what it stands for, or remove the card. A command card may stand for a command of another slice, if this slice issues it."
    /// A wire from or to nothing.
    WIRE_END_UNKNOWN = 802 "wire-end-unknown" Error
        "a wire leads from or to something that is not on the board"
        "One end of the wire is neither the name of a card of this kind nor what such a card stands for. Mostly the card was renamed or taken off. Connect two cards of this board, or remove the wire. The workflow as a trigger needs no card."
    /// A wire that runs against the direction of cause and effect.
    WIRE_NOT_CAUSAL = 803 "wire-not-causal" Error
        "a wire does not run from a cause to its effect"
        "A board is read along its wires: a view, an automation, a message or the workflow triggers a command, a command records events, an event wakes an automation or feeds a read model, and a read model is shown in a view. A wire between other kinds skips a step or runs backwards, and tells nothing that can be built. Draw the steps in between."
    /// A wire that says what the definitions do not say.
    WIRE_CONTRADICTS_MODEL = 804 "wire-contradicts-model" Error
        "a wire says something that the definitions do not say"
        "The wire claims, for instance, that a command records an event or that a view shows a read model, and the definitions say otherwise. One of the two is out of date, and code is built from the definitions while people look at the board. Remove the wire, or add the relation to the model."
    /// A command or read model that nothing leads to.
    CARD_WITHOUT_CAUSE = 805 "card-without-cause" Error
        "nothing on the board leads to a command or read model"
        "A command is triggered by something, and a read model is fed by events. On the board this card hangs in the air, so the story cannot be told from left to right. Draw the wire from what triggers the command or feeds the read model. It may be the workflow."
    /// Cards of the main path that are not connected.
    BOARD_ISLAND = 806 "board-island" Error
        "a card of the main path is not connected with the others"
        "The main path tells one story from its first card to its last. No chain of wires leads from the first card of the main path to this one, so there are two stories, or a wire is missing. Connect it, take it off the main path, or remove it."
    /// A definition without a card.
    DEFINITION_NOT_ON_BOARD = 807 "definition-not-on-board" Warning
        "something that the slice defines is not on its board"
        "The slice has a board, but this command, event, read model or view is not on it, so it is missed by everybody who looks at the board only. Add a card for it. Nothing is said of a slice that has no board at all."
    /// A card that lies in the lane of another kind.
    CARD_IN_WRONG_LANE = 808 "card-in-wrong-lane" Error
        "a card is not in the lane of its kind"
        "What something is can be seen from where it lies: views, automations and messages from outside in the upper lane, commands and read models in the middle, events at the bottom. A card in another lane is taken for something else. Move it to the lane of its kind, or correct the kind."
}
