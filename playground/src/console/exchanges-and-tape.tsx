import { useState } from 'react';
import type { Exchange } from '../../../lab/protocol.ts';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import { ExchangeList } from './exchange-list.tsx';
import { TapeList } from './tape-list.tsx';

interface ExchangesAndTapeProps {
  exchanges: Exchange[];
  tape: TapeEntry[];
  /** Whether there is an attack to tell from ordinary use. */
  showRoles: boolean;
  /** Number of the exchange that is unfolded at first. */
  firstOpen: number;
}

/** What went over the wire and what it caused, and which exchanges are unfolded. */
export function ExchangesAndTape(props: ExchangesAndTapeProps) {
  const { exchanges, tape, showRoles, firstOpen } = props;
  const [open, setOpen] = useState<ReadonlySet<number>>(() => new Set([firstOpen]));
  /** The exchange the tape pointed at; a new object each time, so that it can point twice. */
  const [pointed, setPointed] = useState<{ number: number }>();

  function toggle(number: number): void {
    const next = new Set(open);
    if (!next.delete(number)) next.add(number);
    setOpen(next);
  }

  return (
    <>
      <ExchangeList
        exchanges={exchanges}
        showRoles={showRoles}
        open={open}
        onToggle={toggle}
        pointed={pointed}
        onUnpoint={() => setPointed(undefined)}
      />
      <TapeList
        tape={tape}
        exchanges={exchanges}
        foldControls={showRoles}
        onPoint={(number) => {
          setOpen(new Set(open).add(number));
          setPointed({ number });
        }}
      />
    </>
  );
}
