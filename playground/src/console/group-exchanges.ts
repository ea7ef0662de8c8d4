import type { Exchange } from '../../../lab/protocol.ts';
import { describeAnswer } from './describe-answer.ts';

export interface NumberedExchange {
  /** From 1, in the order in which they were sent. */
  number: number;
  exchange: Exchange;
  answer: string;
}

/** Exchanges in a row that look the same from outside. */
export interface ExchangeGroup {
  members: NumberedExchange[];
}

/** Below this many, a row is easier to read one by one. */
const FEWEST_TO_GROUP = 4;

export function groupExchanges(exchanges: Exchange[]): ExchangeGroup[] {
  const groups: ExchangeGroup[] = [];
  let lastLook: string | undefined;
  exchanges.forEach((exchange, i) => {
    const member = { number: i + 1, exchange, answer: describeAnswer(exchange.response) };
    const { method, path } = exchange.request;
    const look = JSON.stringify([exchange.role, exchange.label, method, path, member.answer]);
    if (look === lastLook) groups.at(-1)?.members.push(member);
    else groups.push({ members: [member] });
    lastLook = look;
  });
  return groups.flatMap((group) =>
    group.members.length < FEWEST_TO_GROUP
      ? group.members.map((member) => ({ members: [member] }))
      : [group],
  );
}
