#!/bin/sh
# swamp: this script, then an archive of the program, then one of deno. What is unpacked goes to two
# folders whose names tell their contents, so they never change and versions can share one deno. Once
# they are there, the script starts no command but deno, which takes its place.
swamp_program='@PROGRAM@'
swamp_program_files='@PROGRAM_FILES@'
swamp_deno='@DENO@'

# swamp_has FOLDER FILE...: whether FOLDER holds all these files.
swamp_has() {
  swamp_folder=$1
  shift
  for swamp_file; do
    [ -f "$swamp_folder/$swamp_file" ] || return 1
  done
}

# swamp_ready: whether everything is unpacked in $swamp_cache and can be executed there.
swamp_ready() {
  [ -x "$swamp_cache/$swamp_deno/deno" ] &&
    swamp_has "$swamp_cache/$swamp_program" $swamp_program_files
}

# swamp_start ARGUMENT...: runs swamp in place of this script.
swamp_start() {
  exec "$swamp_cache/$swamp_deno/deno" @RUN@ "$swamp_cache/$swamp_program/main.js" "$@"
}

swamp_chosen=${SWAMP_CACHE_DIR:-${SWAMP_HOME:+$SWAMP_HOME/cache}}
if [ -n "$swamp_chosen" ]; then
  swamp_cache=$swamp_chosen/runtime
elif [ -n "$XDG_CACHE_HOME" ]; then
  swamp_cache=$XDG_CACHE_HOME/swamp/runtime
elif [ -d "$HOME" ]; then
  swamp_cache=$HOME/.cache/swamp/runtime
else
  swamp_cache=/dev/null
fi
case $swamp_cache in
/*) ;;
*) swamp_cache=$PWD/$swamp_cache ;;
esac
swamp_ready && swamp_start "$@"

# What follows is only reached when something must be unpacked, or the cache cannot be written.

# swamp_sweep: removes what killed starts left behind, and what nobody used for 30 days.
swamp_sweep() {
  for swamp_old in .unpacking-"$swamp_host"-*; do
    kill -0 "${swamp_old##*-}" 2>/dev/null || rm -rf "$swamp_old"
  done
  for swamp_old in deno-*/deno swamp-*/main.js; do
    [ -z "$(find "$swamp_old" -atime +30 2>/dev/null)" ] || rm -rf "${swamp_old%%/*}"
  done
}

# swamp_wait NAME FILE...: waits while another start unpacks NAME, at most for half a minute. This
# only saves work: to unpack the same twice at a time does no harm.
swamp_wait() {
  swamp_turns=0
  until swamp_has "$@"; do
    swamp_holder=
    read -r swamp_holder <".lock-$1" || [ "$swamp_turns" -lt 10 ] || return
    [ -z "$swamp_holder" ] || kill -0 "$swamp_holder" || return
    [ "$swamp_turns" -lt 300 ] || return
    swamp_turns=$((swamp_turns + 1))
    sleep 0.1 || sleep 1
  done 2>/dev/null
}

# swamp_provide OFFSET SIZE NAME FILE...: makes sure that the folder NAME is there with all its files.
# It gets its name in one step, after everything has been written.
swamp_provide() {
  swamp_offset=$1 swamp_size=$2 swamp_name=$3
  shift 2
  swamp_has "$@" && return
  if (set -C && echo $$ >".lock-$swamp_name") 2>/dev/null; then
    swamp_locks="$swamp_locks .lock-$swamp_name"
  else
    swamp_wait "$@"
    swamp_has "$@" && return
    # Whoever held the lock is gone; it goes when this start ends.
    swamp_locks="$swamp_locks .lock-$swamp_name"
  fi
  mkdir "$swamp_temp/$swamp_name" || return
  tail -c "+$swamp_offset" "$swamp_self" | head -c "$swamp_size" | gzip -dc |
    tar -xf - -C "$swamp_temp/$swamp_name" || return
  # Where another start is faster, mv fails or puts this copy into the folder that is there.
  [ -e "$swamp_name" ] || mv "$swamp_temp/$swamp_name" "$swamp_name" 2>/dev/null
  rm -rf "./$swamp_name/$swamp_name"
  swamp_has "$@" && return
  # What is there has lost a file.
  mv "$swamp_name" "$swamp_temp/damaged-$swamp_name"
  mv "$swamp_temp/$swamp_name" "$swamp_name"
  swamp_has "$@"
}

# swamp_unpack: unpacks what is missing in $swamp_cache.
swamp_unpack() (
  mkdir -p "$swamp_cache" && cd "$swamp_cache" || exit
  swamp_host=$(uname -n)
  swamp_sweep
  swamp_temp=.unpacking-$swamp_host-$$
  swamp_locks=
  trap 'rm -rf "$swamp_temp" $swamp_locks' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir "$swamp_temp" || exit
  swamp_provide @PROGRAM_AT@ "$swamp_program" $swamp_program_files || exit
  swamp_provide @DENO_AT@ "$swamp_deno" deno
)

# swamp_try ARGUMENT...: unpacks into $swamp_cache and starts swamp. Returns when that is impossible,
# with the reason in $swamp_failures.
swamp_try() {
  swamp_reason=$(swamp_unpack 2>&1)
  swamp_ready && swamp_start "$@"
  swamp_failures="$swamp_failures
  $swamp_cache: ${swamp_reason:-programs in this folder cannot be executed}"
}

# swamp_safe FOLDER: whether nobody else can have put something into FOLDER.
swamp_safe() {
  [ -d "$1" ] && [ ! -h "$1" ] && [ -O "$1" ]
}

trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
case $0 in
/*) swamp_self=$0 ;;
*) swamp_self=$PWD/$0 ;;
esac
swamp_failures=
if [ -n "$swamp_chosen" ]; then
  swamp_try "$@"
else
  swamp_wanted=$swamp_cache
  swamp_temporary=${TMPDIR:-/tmp}/swamp-$(id -u)
  swamp_cache=$swamp_temporary/runtime
  swamp_safe "$swamp_temporary" && swamp_ready && swamp_start "$@"
  swamp_cache=$swamp_wanted
  [ "$swamp_cache" = /dev/null ] || swamp_try "$@"
  swamp_cache=$swamp_temporary/runtime
  mkdir -m 700 "$swamp_temporary" 2>/dev/null
  swamp_safe "$swamp_temporary" && swamp_try "$@"
fi
cat >&2 <<MESSAGE
error: swamp cannot be unpacked:$swamp_failures
Set SWAMP_CACHE_DIR to a folder with 150 MB of space in which programs can be executed.
MESSAGE
exit 1
