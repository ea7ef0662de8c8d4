/** Whether the workbook's page is being served on this machine. */

const TITLE = '<title>Secure an MCP server</title>';
const WITHIN_MS = 2_000;

/** Its address; undefined if something else is there, or nothing. */
export async function findPage(port: number): Promise<string | undefined> {
  const address = `http://127.0.0.1:${port}/`;
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const response = await fetch(address, { signal, redirect: 'error' });
    return (await response.text()).includes(TITLE) ? address : undefined;
  } catch {
    return undefined;
  }
}
