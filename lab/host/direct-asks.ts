/**
 * Controls that an attack asks directly, because no request reaches them with what it wants to say:
 * who may do what, records that somebody changed at rest, lists of tools, lines of the log.
 */
import { randomBytes } from 'node:crypto';
import type {
  AlertFacts,
  CredentialVault,
  SecurityControls,
  ServerConfig,
  ToolFacts,
} from '../../exercises/weather-server/controls.ts';
import type { Answer } from '../protocol.ts';
import type { HostRequests } from './host-protocol.ts';

type Ask<Name extends keyof HostRequests> = Omit<HostRequests[Name]['ask'], 'instance'>;

/** The direct asks of one target. Vaults live as long as it does, as the server's own would. */
export class DirectAsks {
  readonly #controls: SecurityControls;
  readonly #config: ServerConfig;
  readonly #auditChainKey: Buffer;
  readonly #vaults = new Map<string | undefined, CredentialVault>();

  constructor(controls: SecurityControls, config: ServerConfig, auditChainKey: Buffer) {
    this.#controls = controls;
    this.#config = config;
    this.#auditChainKey = auditChainKey;
  }

  decide({ control, subject: { actor, object } }: Ask<'decide'>): 'allowed' | 'refused' {
    const answer = answered(() =>
      control === 'authorizeTool'
        ? this.#controls.authorizeTool(actor, object as ToolFacts, this.#config)
        : this.#controls.requireOwnAlert(actor, object as AlertFacts),
    );
    return 'refused' in answer ? 'refused' : 'allowed';
  }

  vault({ keys, identity, ...ask }: HostRequests['vault']['ask']): HostRequests['vault']['reply'] {
    return answered(() => {
      const vault = this.#vaultUnder(keys);
      if (ask.operation === 'seal') return vault.seal(ask.plaintext, identity);
      return vault[ask.operation](ask.sealed, identity);
    });
  }

  #vaultUnder(keys: string | undefined): CredentialVault {
    const known = this.#vaults.get(keys);
    if (known) return known;
    const provider = this.#controls.parseKeyEncryptionKeys(keys);
    const made = this.#controls.createCredentialVault(provider);
    this.#vaults.set(keys, made);
    return made;
  }

  reviewTools({ listed, pins }: Ask<'reviewTools'>): HostRequests['reviewTools']['reply'] {
    return answered(() => this.#controls.reviewTools(listed, new Set(pins)));
  }

  verifyAuditLog({ lines, key }: Ask<'verifyAuditLog'>): HostRequests['verifyAuditLog']['reply'] {
    const chainKey = key === 'another key' ? randomBytes(32) : this.#auditChainKey;
    return answered(() => this.#controls.verifyAuditLog(lines, chainKey));
  }
}

function answered<T>(ask: () => T): Answer<T> {
  try {
    return { value: ask() };
  } catch (error) {
    return { refused: String(error instanceof Error ? error.message : error) };
  }
}
