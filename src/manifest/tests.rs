//! Tables of every problem a manifest can have.

use super::*;

#[test]
fn the_least_manifest_has_the_defaults() {
    let (manifest, findings) = Manifest::parse("[project]\nname = \" Repair Desk \"\n", FILE_NAME);
    assert_eq!(findings, []);
    let manifest = manifest.expect("no findings");
    assert_eq!(manifest.project.name, "Repair Desk");
    assert_eq!(manifest.project.lean_module, "RepairDesk");
    assert_eq!(manifest.store.as_str(), "model/events");
    assert_eq!(manifest.enabled().count(), FAMILIES.len());
}
