//! Rust, as syn reads it.

/// The kinds of the items of a file, in order, those of modules within.
pub fn read(text: &str) -> Result<Vec<String>, String> {
    let file = syn::parse_file(text).map_err(|error| error.to_string())?;
    let mut kinds = Vec::new();
    items(&file.items, &mut kinds);
    Ok(kinds)
}

fn items(list: &[syn::Item], kinds: &mut Vec<String>) {
    for item in list {
        kinds.push(
            match item {
                syn::Item::Const(_) => "const",
                syn::Item::Enum(_) => "enum",
                syn::Item::Fn(_) => "fn",
                syn::Item::Impl(_) => "impl",
                syn::Item::Macro(_) => "macro",
                syn::Item::Mod(_) => "mod",
                syn::Item::Struct(_) => "struct",
                syn::Item::Trait(_) => "trait",
                syn::Item::Type(_) => "type",
                syn::Item::Use(_) => "use",
                _ => "other",
            }
            .to_owned(),
        );
        if let syn::Item::Mod(module) = item
            && let Some((_, inner)) = &module.content
        {
            items(inner, kinds);
        }
    }
}
