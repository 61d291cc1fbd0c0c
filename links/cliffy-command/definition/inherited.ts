import type { Command } from "../command.ts";

/** What a sub-command can inherit from the commands above it. */
export interface Inheritable {
  name: string;
  global?: boolean;
  hidden?: boolean;
}

/** Without the hidden ones unless they are asked for. */
export function visible<T extends Inheritable>(members: T[], hidden = false): T[] {
  return hidden ? members : members.filter((member) => !member.hidden);
}

/**
 * The global members of the commands above `command`, the topmost command's first. A member that is
 * declared again further down replaces the one above. `noGlobals()` ends the inheritance, except
 * for members that `always` lets through.
 *
 * @param own All members of one command.
 */
export function inherited<T extends Inheritable>(
  command: Command,
  own: (command: Command) => T[],
  always: (member: T) => boolean = () => false,
): T[] {
  const found: T[] = [];
  const names = new Set(own(command).map((member) => member.name));
  let blocked = command.definition.noGlobals;
  for (let parent = command.getParent(); parent; parent = parent.getParent()) {
    const passed = own(parent).filter(
      (member) => member.global === true && !names.has(member.name) && (!blocked || always(member)),
    );
    for (const member of passed) names.add(member.name);
    found.unshift(...passed);
    blocked ||= parent.definition.noGlobals;
  }
  return found;
}
