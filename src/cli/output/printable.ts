/**
 * Text made safe for a terminal: control characters, which names and file contents may carry, become
 * visible symbols (`␛`), so that they can neither move the cursor nor forge lines.
 *
 * @param keepLineBreaks whether line breaks and tabs stay as they are.
 */
export function printable(text: string, keepLineBreaks = false): string {
  return text.replaceAll(CONTROL_CHARACTER, (character) => {
    if (keepLineBreaks && (character === "\n" || character === "\t")) return character;
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u{fffd}";
  });
}

const CONTROL_CHARACTER = /\p{Cc}/gu;
