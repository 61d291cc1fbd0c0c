import { isJsonType } from "./stored_json.ts";

/** Content as a document holds it. */
export interface DecodedContent {
  /** Parsed JSON, text, or base64. */
  readonly content: unknown;
  /** Present when the content is neither JSON nor UTF-8. */
  readonly contentEncoding?: "base64";
}

/** Content by its type: JSON that parses as the value, other text as it is, bytes in base64. */
export function decodedContent(bytes: Uint8Array, contentType: string): DecodedContent {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { content: bytes.toBase64(), contentEncoding: "base64" };
  }
  if (!isJsonType(contentType)) return { content: text };
  try {
    return { content: JSON.parse(text) };
  } catch {
    return { content: text };
  }
}
