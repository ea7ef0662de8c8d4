/** What of a body is shown, and how many of its bytes are not. */
export function cutBody(text: string, most: number): { body: string; more?: number } {
  if (text.length <= most) return { body: text };
  // Half a character would look like something the target had sent.
  const isHalf = /[\ud800-\udbff]/.test(text.charAt(most - 1));
  const body = text.slice(0, isHalf ? most - 1 : most);
  return { body, more: Buffer.byteLength(text) - Buffer.byteLength(body) };
}
