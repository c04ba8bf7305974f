//! The text of `emc.toml`.

use emc::{
    diagnostic::Level,
    manifest::{FAMILIES, Manifest},
    rel_path::RelPath,
};

use super::shown;

/// Any text is a manifest, or is refused with a place; no folder of a manifest
/// leads out of the project or into another family's.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let (manifest, findings) = Manifest::parse(text, "emc.toml");
    let refused = findings.iter().any(|one| one.level == Level::Error);
    assert_eq!(manifest.is_none(), refused, "{findings:?}");
    for finding in &findings {
        let place = finding.place.as_ref().expect("a place");
        let lines = u32::try_from(text.split('\n').count()).expect("a short text");
        assert!(place.line.is_none_or(|line| (1..=lines).contains(&line)));
    }
    shown(findings);
    if let Some(manifest) = manifest {
        sound(&manifest);
    }
    let name = text.trim();
    if !name.is_empty() && !name.contains(char::is_control) {
        let (manifest, findings) = Manifest::parse(&Manifest::template(name), "emc.toml");
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(manifest.expect("no findings").project.name, name);
    }
}

fn sound(manifest: &Manifest) {
    assert!(!manifest.project.name.trim().is_empty());
    assert!(!manifest.project.name.contains(char::is_control));
    for module in [
        &manifest.project.lean_module,
        &manifest.project.quint_module,
    ] {
        assert!(
            module.starts_with(|c: char| c.is_ascii_alphabetic()),
            "{module:?}"
        );
        assert!(
            module
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_'),
            "{module:?}"
        );
    }
    let folders: Vec<&RelPath> = manifest
        .artifacts
        .values()
        .map(|settings| &settings.path)
        .chain([&manifest.store])
        .collect();
    assert_eq!(folders.len(), FAMILIES.len() + 1);
    for (at, folder) in folders.iter().enumerate() {
        assert_eq!(RelPath::new(folder.as_str()).as_ref(), Ok(*folder));
        assert!(folder.as_str().split('/').all(|part| part != ".."));
        for other in &folders[at + 1..] {
            assert!(
                !folder.is_within(other) && !other.is_within(folder),
                "{folders:?}"
            );
        }
    }
}
