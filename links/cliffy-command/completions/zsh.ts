import { caseText, identifier, nodeArms, quote } from "./shell_text.ts";
import { allNodes, type CommandNode, FILE_ACTION, NO_ACTION } from "./tree.ts";
import { walkFunctions } from "./walk.ts";

/**
 * The zsh completion script of a program; to be sourced, or put into the `fpath` as `_<name>`.
 *
 * @param name The command that the shell completes and that is called back for dynamic values.
 * @param version Shown behind the name at the top of the script.
 */
export function zshScript(name: string, main: CommandNode, version: string): string {
  const id = identifier(name);
  const nodes = allNodes(main);
  return [
    `#compdef ${name}\n# zsh completion for ${name}${version}`,
    walkFunctions(id, nodes),
    tables(id, nodes),
    valuesFunction(id, name),
    completeFunction(id),
    registration(id, name),
  ].join("\n\n");
}

/** The sub-commands and options of every command, with their descriptions. */
function tables(id: string, nodes: CommandNode[]): string {
  const commands = nodeArms(
    nodes,
    (node) =>
      describe(
        node.children.flatMap((child) =>
          child.names.map((name) => [name, child.description] as const)
        ),
      ),
  );
  const options = nodeArms(
    nodes,
    (node) =>
      describe(
        node.options.flatMap((option) =>
          option.flags.map((flag) => [flag, option.description] as const)
        ),
      ),
  );
  return `__${id}_commands() {
  local -a candidates
${caseText("$1", commands, "return 1")}
  _describe -t commands command candidates
}

__${id}_options() {
  local -a candidates
${caseText("$1", options, "return 1")}
  _describe -o -t options option candidates
}`;
}

function describe(items: ReadonlyArray<readonly [string, string]>): string | undefined {
  const entries = items.map(([word, description]) =>
    quote(`${word.replace(/[\\:]/g, "\\$&")}${description === "" ? "" : `:${description}`}`)
  );
  return entries.length === 0 ? undefined : `candidates=(${entries.join(" ")})`;
}

function valuesFunction(id: string, name: string): string {
  return `# Offers the candidates that source $1 gives for the command that was reached.
__${id}_values() {
  local action=\${1#*:}
  local -a candidates
  case "$action" in
    '' | ${NO_ACTION}) _default; return ;;
    ${FILE_ACTION}) _files; return ;;
  esac
  candidates=("\${(@f)$(command ${
    quote(
      name,
    )
  } completions complete "$action" \${=node} 2>/dev/null)}")
  candidates=("\${(@)candidates:#}")
  [[ \${#candidates} -eq 0 ]] && { _default; return }
  compadd -- "\${(@)candidates}"
}`;
}

function completeFunction(id: string): string {
  return `_${id}() {
  local node='' position=0 pending='' literal=0 REPLY='' current="\${(Q)words[CURRENT]}"
  __${id}_walk "\${(@Q)words[2,CURRENT-1]}"

  if [[ -n $pending && ( $pending == r* || $current != -* ) ]]; then
    __${id}_values "\${pending%% *}"
  elif [[ $literal == 1 ]]; then
    _default
  elif [[ $current == --*=* ]]; then
    __${id}_flag "$node" "\${current%%=*}"
    compset -P '*='
    __${id}_values "\${REPLY%% *}"
  elif [[ $current == -* ]]; then
    __${id}_options "$node"
  else
    local offered=0
    [[ $position -eq 0 ]] && __${id}_commands "$node" && offered=1
    __${id}_argument "$node" "$position"
    if [[ -n $REPLY ]]; then
      __${id}_values "$REPLY"
    elif [[ $offered == 0 ]]; then
      __${id}_options "$node"
    fi
  fi
}`;
}

/** Run as `_<name>` from the `fpath` the script completes at once, sourced it registers itself. */
function registration(id: string, name: string): string {
  return `if [[ \${funcstack[1]} == ${quote(`_${name}`)} ]]; then
  _${id} "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _${id} ${quote(name)}
fi
`;
}
