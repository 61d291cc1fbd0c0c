import { caseText, childArms, nodeArms, optionArms, quote, sourceText } from "./shell_text.ts";
import type { CommandNode } from "./tree.ts";

/**
 * The part that bash and zsh share: functions that know the tree, and one that walks the words of
 * the line up to the cursor.
 *
 * After `__<id>_walk word…` these variables of the caller are set: `node` is the path of the command
 * that was reached, `position` the number of its arguments so far, `pending` the sources (see
 * `sourceText`) of the values that the last option still takes, `literal` is 1 after `--`.
 */
export function walkFunctions(id: string, nodes: CommandNode[]): string {
  const children = childArms(nodes, (path) => `REPLY=${quote(path)}`);
  const options = optionArms(
    nodes,
    (option) => `REPLY=${quote(option.values.map(sourceText).join(" "))}`,
  );
  const sources = nodeArms(
    nodes,
    (node) =>
      node.arguments.length === 0
        ? undefined
        : `REPLY=${quote(node.arguments.map(sourceText).join(" "))}`,
  );
  return `# The sub-command that word $2 leads to from command $1.
__${id}_child() {
${caseText("$1|$2", children, "return 1")}
}

# The sources of the values that flag $2 of command $1 takes.
__${id}_flag() {
${caseText("$1|$2", options, "REPLY=''")}
}

# The source of argument number $2 of command $1, counted from 0.
__${id}_argument() {
${caseText("$1", sources, "REPLY=''")}
  local left=$2
  while [[ $left -gt 0 && \${REPLY%%:*} != *'*' ]]; do
    [[ $REPLY == *' '* ]] && REPLY=\${REPLY#* } || REPLY=''
    left=$((left - 1))
  done
  REPLY=\${REPLY%% *}
}

# Drops the first of the pending sources unless it takes any number of values.
__${id}_taken() {
  [[ \${pending%%:*} == *'*' ]] && return
  [[ $pending == *' '* ]] && pending=\${pending#* } || pending=''
}

__${id}_walk() {
  local word flag
  for word in "$@"; do
    if [[ -n $pending ]]; then
      if [[ $pending == r* || $word != -* ]]; then
        # Only the first value of several is required.
        [[ \${pending%%:*} == 'r*' ]] && pending="o\${pending#r}"
        __${id}_taken
        continue
      fi
      pending=''
    fi
    if [[ $literal == 1 ]]; then
      continue
    elif [[ $word == -- ]]; then
      literal=1
    elif [[ $word == -?* ]]; then
      flag=\${word%%=*}
      # Of combined short flags only the last one can take a value.
      [[ $flag == -[!-]?* ]] && flag="-\${flag: -1}"
      __${id}_flag "$node" "$flag"
      pending=$REPLY
      [[ $word == *=* ]] && __${id}_taken
    elif [[ $position -eq 0 ]] && __${id}_child "$node" "$word"; then
      node=$REPLY
    else
      position=$((position + 1))
    fi
  done
}`;
}
