/**
 * Tools whose effect nobody can take back: a deleted alert is gone, and what others have seen they have
 * seen. Their user is asked first (topic 16), by name of what is about to be changed.
 */
import { z } from 'zod';
import type { Actor, AskedCall, ClientAnswer, SecurityControls } from './controls.ts';
import { defineTool, ownerIn, structured, type Tool } from './define-tool.ts';
import { ConfirmationNeeded } from './errors.ts';
import type { Row } from './world/database.ts';
import type { World } from './world/world.ts';

const input = z.object({ id: z.number().int().positive() });

const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}]/gu;

export function confirmedTools(controls: SecurityControls, world: World): Tool[] {
  const seal = controls.createStateSeal(world.secrets.requestStateKey);

  /** The caller's own alert, or no further. */
  async function ownAlert(id: number, actor: Actor | undefined): Promise<Row | undefined> {
    const [row] = await world.database.query(
      'SELECT id, owner, city, text FROM alerts WHERE id = $1',
      [id],
    );
    controls.requireOwnAlert(actor, row && { id: Number(row.id), owner: ownerIn(row) });
    return row;
  }

  /** Only its owner gets as far as a question, which shows what the alert says. */
  async function confirm(asked: AskedCall, answer: ClientAnswer | undefined): Promise<void> {
    if (!answer) return;
    const confirmation = await controls.requireConfirmation(asked, answer, seal);
    if (confirmation === 'given') return;
    throw new ConfirmationNeeded(asked.question, confirmation.askWith);
  }

  /** Whoever wrote the alert, people agree to what they can see. */
  const inWords = (row: Row | undefined): string =>
    `${String(row?.city)}: “${String(row?.text)}”`.replaceAll(UNSEEN, '');

  return [
    defineTool({
      name: 'delete_alert',
      title: 'Delete an alert',
      description: 'Forgets one of your alerts. In MCP 2026-07-28 you are asked first.',
      scope: 'weather:write',
      input,
      async run({ id }, actor, answer) {
        const row = await ownAlert(id, actor);
        const question = `Delete your alert ${id}, for ${inWords(row)}?`;
        await confirm({ actor, tool: 'delete_alert', arguments: { id }, question }, answer);
        // Named by its owner again: ids of deleted alerts are given out anew.
        await world.database.query('DELETE FROM alerts WHERE id = $1 AND owner = $2', [
          id,
          row?.owner ?? null,
        ]);
        return structured({ deleted: id });
      },
    }),
    defineTool({
      name: 'share_alert',
      title: 'Share an alert',
      description: 'Shows one of your alerts to every user. In MCP 2026-07-28 you are asked first.',
      scope: 'weather:write',
      input,
      async run({ id }, actor, answer) {
        const row = await ownAlert(id, actor);
        const question = `Show your alert ${id} to every user, for ${inWords(row)}?`;
        await confirm({ actor, tool: 'share_alert', arguments: { id }, question }, answer);
        await world.database.query('UPDATE alerts SET shared = 1 WHERE id = $1 AND owner = $2', [
          id,
          row?.owner ?? null,
        ]);
        return structured({ shared: id });
      },
    }),
  ];
}
