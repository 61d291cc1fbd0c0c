import { caseText, identifier, nodeArms, quote } from "./shell_text.ts";
import { allNodes, type CommandNode, FILE_ACTION, NO_ACTION } from "./tree.ts";
import { walkFunctions } from "./walk.ts";

/**
 * The bash completion script of a program; works from bash 3.2 on.
 *
 * @param name The command that the shell completes and that is called back for dynamic values.
 * @param version Shown behind the name at the top of the script.
 */
export function bashScript(name: string, main: CommandNode, version: string): string {
  const id = identifier(name);
  const nodes = allNodes(main);
  return [
    `#!/usr/bin/env bash\n# bash completion for ${name}${version}`,
    walkFunctions(id, nodes),
    tables(id, nodes),
    valuesFunction(id, name),
    wordsFunction(id),
    replyFunction(id),
    completeFunction(id),
    `complete -o bashdefault -o default -F _${id} ${quote(name)}\n`,
  ].join("\n\n");
}

/** The sub-commands and options of every command. */
function tables(id: string, nodes: CommandNode[]): string {
  const add = (words: string[]) =>
    words.length === 0 ? undefined : `candidates+=(${words.map(quote).join(" ")})`;
  const commands = nodeArms(nodes, (node) => add(node.children.flatMap((child) => child.names)));
  const options = nodeArms(nodes, (node) => add(node.options.flatMap((option) => option.flags)));
  return `__${id}_commands() {
${caseText("$1", commands, ":")}
}

__${id}_options() {
${caseText("$1", options, ":")}
}`;
}

function valuesFunction(id: string, name: string): string {
  return `# Adds the candidates that source $1 gives for the command that was reached.
__${id}_values() {
  local action=\${1#*:} line
  local IFS=$' \\t\\n'
  case "$action" in
    '' | ${FILE_ACTION} | ${NO_ACTION}) return ;;
  esac
  # shellcheck disable=SC2086 # the path of a command is several words
  while IFS= read -r line || [[ -n $line ]]; do
    candidates+=("$line")
  done < <(command ${quote(name)} completions complete "$action" $node 2>/dev/null)
}`;
}

function wordsFunction(id: string): string {
  return `# The words of the line: bash splits them at = and : too, this joins them again.
__${id}_words() {
  local index token join=0
  words=()
  for ((index = 1; index <= COMP_CWORD; index++)); do
    token=\${COMP_WORDS[index]}
    if [[ \${#words[@]} -gt 0 && ( $join == 1 || $token =~ ^[:=]+$ ) ]]; then
      words[\${#words[@]}-1]+=$token
      [[ $token =~ ^[:=]+$ ]] && join=1 || join=0
    else
      words+=("$token")
      join=0
    fi
  done
}`;
}

/** Candidates are compared as they are, never handed to a command that would expand them. */
function replyFunction(id: string): string {
  return `# Offers those of the candidates that start with what was typed, $1.
__${id}_reply() {
  local typed=$1 quoted='' before='' candidate
  case "$typed" in
    \\"* | \\'*) quoted=1 typed=\${typed:1} ;;
  esac
  # bash replaces what follows the last colon only.
  [[ $COMP_WORDBREAKS == *:* && $typed == *:* ]] && before=\${typed%:*}:
  for candidate in \${candidates[@]+"\${candidates[@]}"}; do
    [[ $candidate == "$typed"* ]] || continue
    candidate=\${candidate#"$before"}
    [[ -n $quoted ]] || printf -v candidate '%q' "$candidate"
    COMPREPLY+=("$candidate")
  done
}`;
}

function completeFunction(id: string): string {
  return `_${id}() {
  local node='' position=0 pending='' literal=0 REPLY='' current=''
  local -a words candidates=()
  __${id}_words
  [[ \${#words[@]} -gt 0 ]] && current=\${words[\${#words[@]}-1]}
  __${id}_walk "\${words[@]:0:\${#words[@]}-1}"
  COMPREPLY=()

  if [[ -n $pending && ( $pending == r* || $current != -* ) ]]; then
    __${id}_values "\${pending%% *}"
  elif [[ $literal == 1 ]]; then
    return
  elif [[ $current == --*=* ]]; then
    __${id}_flag "$node" "\${current%%=*}"
    current=\${current#*=}
    __${id}_values "\${REPLY%% *}"
  elif [[ $current == -* ]]; then
    __${id}_options "$node"
  else
    [[ $position -eq 0 ]] && __${id}_commands "$node"
    __${id}_argument "$node" "$position"
    __${id}_values "$REPLY"
    [[ \${#candidates[@]} -eq 0 && -z $REPLY ]] && __${id}_options "$node"
  fi
  __${id}_reply "$current"
}`;
}
