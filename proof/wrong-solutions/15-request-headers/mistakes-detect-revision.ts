import type { DetectRevision, SentMessage } from '../../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InvalidMetadataError,
} from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const VERSION = 'io.modelcontextprotocol/protocolVersion';
const NEW = '2026-07-28';

/** What all of these read in the same way, and rightly. */
const metaOf = ({ body }: SentMessage): Record<string, unknown> | undefined =>
  (body as { params?: { _meta?: Record<string, unknown> } } | null)?.params?._meta ?? undefined;
const namedIn = (sent: SentMessage): unknown => metaOf(sent)?.[VERSION];
const versionsOf = ({ headers }: SentMessage): readonly string[] =>
  headers['mcp-protocol-version'] ?? [];
const isNew = (version: unknown): boolean => typeof version === 'string' && version >= NEW;

function refuseBrokenPromise(sent: SentMessage): void {
  const versions = versionsOf(sent).flatMap((line) => line.split(/, */));
  if (versions.some(isNew)) throw new InvalidMetadataError('_meta names no version.');
}

export const mistakes: Mistake[] = [
  {
    name: 'the-header-decides',
    mistake:
      'The header says which revision a message speaks, so that an old version in it switches the comparison off.',
    caughtBy: ['hd-old-version', 'hd-hidden-revision', 'hd-any-version'],
    controls: {
      detectRevision: (sent) => (isNew(versionsOf(sent)[0]) ? NEW : '2025-11-25'),
    },
  },
  {
    name: 'the-body-decides-alone',
    mistake: 'What the header says about the version is not looked at.',
    caughtBy: ['hd-old-version', 'hd-hidden-revision', 'hd-any-version'],
    controls: {
      detectRevision: (sent) => (typeof namedIn(sent) === 'string' ? NEW : '2025-11-25'),
    },
  },
  {
    name: 'no-version-in-the-header-will-do',
    mistake: 'A header that is not there contradicts nothing, it seems.',
    caughtBy: ['hd-old-version', 'hd-any-version'],
    controls: {
      detectRevision(sent) {
        const named = namedIn(sent);
        if (named === undefined) {
          refuseBrokenPromise(sent);
          return '2025-11-25';
        }
        if (typeof named !== 'string') throw new InvalidMetadataError('A version is a text.');
        if (versionsOf(sent).some((version) => version !== named)) {
          throw new HeaderMismatchError('MCP-Protocol-Version');
        }
        return NEW;
      },
    },
  },
  {
    name: 'no-version-means-an-old-message',
    mistake:
      'Clients of the new revision always send the header, so a message without it is served as an old one, whatever its body says.',
    caughtBy: ['hd-old-version', 'hd-any-version'],
    controls: {
      detectRevision(sent) {
        const named = namedIn(sent);
        const versions = versionsOf(sent);
        if (versions.length === 0) return '2025-11-25';
        if (named === undefined) {
          refuseBrokenPromise(sent);
          return '2025-11-25';
        }
        if (versions.length !== 1 || versions[0] !== named) {
          throw new HeaderMismatchError('MCP-Protocol-Version');
        }
        return NEW;
      },
    },
  },
  {
    name: 'one-of-the-versions-fits',
    mistake: 'Of several versions in the header one is the right one, and that is enough.',
    caughtBy: ['hd-old-version', 'hd-any-version'],
    controls: {
      detectRevision(sent) {
        const named = namedIn(sent);
        if (named === undefined) {
          refuseBrokenPromise(sent);
          return '2025-11-25';
        }
        if (typeof named !== 'string') throw new InvalidMetadataError('A version is a text.');
        if (!versionsOf(sent).includes(named)) {
          throw new HeaderMismatchError('MCP-Protocol-Version');
        }
        return NEW;
      },
    },
  },
  {
    name: 'a-mismatch-is-an-old-message',
    mistake:
      'If header and body name different versions, the message is served as an old one rather than refused.',
    caughtBy: ['hd-old-version', 'hd-hidden-revision', 'hd-any-version'],
    controls: {
      detectRevision(sent) {
        const named = namedIn(sent);
        const [version, ...more] = versionsOf(sent);
        return typeof named === 'string' && version === named && more.length === 0
          ? NEW
          : '2025-11-25';
      },
    },
  },
  {
    name: 'a-version-that-is-no-text-is-none',
    mistake: 'A version that is not a text counts as none, under a header that names one.',
    caughtBy: ['hd-hidden-revision', 'hd-any-version'],
    controls: {
      detectRevision(sent) {
        const named = namedIn(sent);
        if (named === undefined) refuseBrokenPromise(sent);
        if (typeof named !== 'string') return '2025-11-25';
        const versions = versionsOf(sent);
        if (versions.length !== 1 || versions[0] !== named) {
          throw new HeaderMismatchError('MCP-Protocol-Version');
        }
        return NEW;
      },
    },
  },
  {
    name: 'whoever-sends-meta-is-held-to-it',
    mistake:
      'A message with a _meta that names no version is refused only there, and one without any _meta is served as an old one.',
    caughtBy: ['hd-hidden-revision', 'older-clients-are-served'],
    controls: {
      detectRevision(sent) {
        const meta = metaOf(sent);
        if (meta === undefined) return '2025-11-25';
        const named = meta[VERSION];
        if (typeof named !== 'string') throw new InvalidMetadataError('_meta names no version.');
        const versions = versionsOf(sent);
        if (versions.length !== 1 || versions[0] !== named) {
          throw new HeaderMismatchError('MCP-Protocol-Version');
        }
        return NEW;
      },
    },
  },
  {
    name: 'versions-are-required-of-everybody',
    mistake: 'Every request needs the version in its header, also those of older clients.',
    caughtBy: ['older-clients-are-served'],
    controls() {
      const detectRevision: DetectRevision = (sent) => {
        const versions = versionsOf(sent);
        const named = namedIn(sent);
        if (versions.length !== 1) throw new HeaderMismatchError('MCP-Protocol-Version');
        if (named === undefined) {
          refuseBrokenPromise(sent);
          return '2025-11-25';
        }
        if (typeof named !== 'string') throw new InvalidMetadataError('A version is a text.');
        if (versions[0] !== named) throw new HeaderMismatchError('MCP-Protocol-Version');
        return NEW;
      };
      return { detectRevision };
    },
  },
  {
    name: 'only-the-version-we-know',
    mistake:
      'A version that is not ours is refused as a contradiction, so that the client never learns which ones there are.',
    caughtBy: ['versions-to-choose-from'],
    controls: {
      detectRevision(sent) {
        const named = namedIn(sent);
        if (named === undefined) {
          refuseBrokenPromise(sent);
          return '2025-11-25';
        }
        const versions = versionsOf(sent);
        if (named !== NEW || versions.length !== 1 || versions[0] !== NEW) {
          throw new HeaderMismatchError('MCP-Protocol-Version');
        }
        return NEW;
      },
    },
  },
  {
    name: 'another-header-is-blamed',
    mistake: 'The refusal names a header in which nothing is wrong.',
    caughtBy: ['hd-old-version'],
    controls: {
      detectRevision(sent) {
        const named = namedIn(sent);
        if (named === undefined) {
          refuseBrokenPromise(sent);
          return '2025-11-25';
        }
        if (typeof named !== 'string') throw new InvalidMetadataError('A version is a text.');
        const versions = versionsOf(sent);
        if (versions.length !== 1 || versions[0] !== named) {
          throw new HeaderMismatchError('Mcp-Method');
        }
        return NEW;
      },
    },
  },
];
