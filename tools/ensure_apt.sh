# Sourced by the other ensure scripts: need_package PACKAGE... installs by apt when it may, and otherwise stops with
# one sentence that names the packages.

refuse() {
  echo "$1" >&2
  exit 1
}

need_package() {
  local names="$*" as_root=()
  if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      refuse "This machine lacks $names: install it with 'sudo apt-get install $names' and run make again."
    fi
    as_root=(sudo -n)
  fi
  if ! command -v apt-get >/dev/null; then
    refuse "This machine lacks $names and has no apt-get: install what your system calls them and run make again."
  fi
  echo "Installing $names" >&2
  local quiet=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  {
    "${as_root[@]}" "${quiet[@]}" update &&
      "${as_root[@]}" "${quiet[@]}" install -y --no-install-recommends "$@"
  } </dev/null >&2 || refuse "apt-get could not install $names: install it by hand and run make again."
}
