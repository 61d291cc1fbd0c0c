/** What a function gives, to be waited for; what it throws is a rejection. */
export function answer<T>(give: () => T): Promise<T> {
  return new Promise((resolve) => resolve(give()));
}
