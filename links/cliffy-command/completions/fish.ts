import {
  childArms,
  identifier,
  nodeArms,
  optionArms,
  quoteFish,
  sourceText,
  switchText,
} from "./shell_text.ts";
import { allNodes, type CommandNode, FILE_ACTION, NO_ACTION } from "./tree.ts";

/**
 * The fish completion script of a program.
 *
 * @param name The command that the shell completes and that is called back for dynamic values.
 * @param version Shown behind the name at the top of the script.
 */
export function fishScript(name: string, main: CommandNode, version: string): string {
  const id = identifier(name);
  const nodes = allNodes(main);
  return [
    `# fish completion for ${name}${version}`,
    pathTables(id, nodes),
    candidateTables(id, nodes),
    valuesFunction(id, name),
    walkFunction(id),
    completeFunction(id),
    `complete -c ${quoteFish(name)} -f -a '(__${id}_complete)'\n`,
  ].join("\n\n");
}

/** What leads from one command to another, and which values options and arguments take. */
function pathTables(id: string, nodes: CommandNode[]): string {
  const children = childArms(nodes, (path) => echo([path])!);
  const values = optionArms(nodes, (option) => echo(option.values.map(sourceText))!);
  const sources = nodeArms(nodes, (node) => echo(node.arguments.map(sourceText)));
  return `# The sub-command that word $argv[2] leads to from command $argv[1].
function __${id}_child
${switchText("$argv[1]|$argv[2]", children, "return 1")}
end

# The sources of the values that flag $argv[2] of command $argv[1] takes.
function __${id}_flag
${switchText("$argv[1]|$argv[2]", values, "return 1")}
end

# The sources of the arguments of command $argv[1].
function __${id}_arguments
${switchText("$argv[1]", sources, "return 1")}
end`;
}

/** The sub-commands and options of every command, with their descriptions. */
function candidateTables(id: string, nodes: CommandNode[]): string {
  const commands = nodeArms(
    nodes,
    (node) =>
      echo(
        node.children.flatMap((child) =>
          child.names.map((name) => described(name, child.description))
        ),
      ),
  );
  const options = nodeArms(
    nodes,
    (node) =>
      echo(
        node.options.flatMap((option) =>
          option.flags.map((flag) => described(flag, option.description))
        ),
      ),
  );
  return `function __${id}_commands
${switchText("$argv[1]", commands, "return 1")}
end

function __${id}_options
${switchText("$argv[1]", options, "return 1")}
end`;
}

function echo(lines: string[]): string | undefined {
  return lines.length === 0 ? undefined : `printf '%s\\n' ${lines.map(quoteFish).join(" ")}`;
}

function described(word: string, description: string): string {
  return description === "" ? word : `${word}\t${description}`;
}

function valuesFunction(id: string, name: string): string {
  const program = quoteFish(name);
  return `# The candidates that source $argv[1] gives for command $argv[2], each behind the text $argv[3].
function __${id}_values
    set -l action (string replace -r '^[^:]*:' '' -- $argv[1])
    switch "$action"
        case '' ${NO_ACTION} ${FILE_ACTION}
            __fish_complete_path (string replace -r '^--[^=]*=' '' -- (commandline -ct))
        case '*'
            for candidate in (command ${program} completions complete $action (string split -n ' ' -- $argv[2]) 2>/dev/null)
                printf '%s\\n' "$argv[3]$candidate"
            end
    end
end`;
}

function walkFunction(id: string): string {
  return `# Walks the words up to the cursor; sets the variables of its caller: the path of the command that
# was reached, the number of its arguments, the sources of the values that the last option still
# takes, and whether -- was seen.
function __${id}_walk --no-scope-shadowing
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if set -q pending[1]
            if string match -q 'r*' -- $pending[1]; or not string match -q -- '-*' $word
                if string match -q '?\\**' -- $pending[1]
                    set pending[1] (string replace -r '^r' o -- $pending[1])
                else
                    set -e pending[1]
                end
                continue
            end
            set pending
        end
        if test $literal = 1
            continue
        else if test "$word" = --
            set literal 1
        else if string match -qr '^-.' -- $word
            set -l flag (string replace -r '=.*' '' -- $word)
            # Of combined short flags only the last one can take a value.
            string match -qr '^-[^-].' -- $flag; and set flag "-"(string sub -s -1 -- $flag)
            set pending (__${id}_flag "$node" "$flag")
            if string match -q '*=*' -- $word; and not string match -q '?\\**' -- "$pending[1]"
                set -e pending[1]
            end
        else if test $position = 0; and __${id}_child "$node" "$word" >/dev/null
            set node (__${id}_child "$node" "$word")
        else
            set position (math $position + 1)
        end
    end
end`;
}

function completeFunction(id: string): string {
  return `function __${id}_complete
    set -l node ''
    set -l position 0
    set -l pending
    set -l literal 0
    __${id}_walk
    set -l current (commandline -ct)
    if set -q pending[1]; and begin
            string match -q 'r*' -- $pending[1]; or not string match -q -- '-*' "$current"
        end
        __${id}_values $pending[1] "$node" ''
    else if test $literal = 1
        __fish_complete_path "$current"
    else if string match -qr '^--[^=]+=' -- "$current"
        set -l flag (string replace -r '=.*' '' -- $current)
        set -l source (__${id}_flag "$node" "$flag")
        __${id}_values "$source[1]" "$node" "$flag="
    else if string match -q -- '-*' "$current"
        __${id}_options "$node"
    else
        test $position = 0; and __${id}_commands "$node"
        set -l sources (__${id}_arguments "$node")
        set -l source $sources[(math $position + 1)]
        if not set -q source[1]; and string match -q '?\\**' -- "$sources[-1]"
            set source $sources[-1]
        end
        if set -q source[1]
            __${id}_values $source[1] "$node" ''
        else if test $position != 0; or not __${id}_commands "$node" >/dev/null
            __${id}_options "$node"
        end
    end
end`;
}
