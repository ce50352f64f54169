/** What a line of the audit tells beside who and when, in a sentence. Pure. */
import type { AuditRow, Role } from '../shared/wire.js';
import type { Words } from '../shared/words.js';

/** @param names of the users, by id; who is gone or of another shop is told by id */
export function auditWords(
  { action, details = {}, subject }: Pick<AuditRow, 'action' | 'details' | 'subject'>,
  w: Words['people'],
  names: ReadonlyMap<string, string>,
  roles: Readonly<Record<Role, string>>,
): string {
  const text = (name: string): string => {
    const value = details[name];
    return value === undefined || value === null ? '' : String(value);
  };
  const thing = () => (w.things as Readonly<Record<string, string>>)[text('what')] ?? text('what');
  const named = (id: string) => names.get(id) ?? id;
  switch (action) {
    case 'login':
    case 'login_failed':
      return text('address') === '' ? '' : w.from(text('address'));
    case 'user_added':
    case 'user_changed':
    case 'user_password': {
      const login = text('login') || (subject === undefined ? '' : named(subject));
      const role = roles[text('role') as Role] ?? '';
      return role === '' ? login : `${login} · ${role}`;
    }
    case 'token_added':
    case 'token_revoked': {
      const scope = (w.scopes as Readonly<Record<string, string>>)[text('scope')] ?? '';
      return [text('note'), scope].filter((part) => part !== '').join(' · ');
    }
    case 'settings_changed':
      return subject === undefined ? '' : w.revision(subject);
    case 'away_switched':
      return details.away === true ? w.awayOn : w.awayOff;
    case 'bot_switched':
      return (w.modes as Readonly<Record<string, string>>)[text('mode')] ?? text('mode');
    case 'exported':
      return w.exportedWhat(thing(), text('format'), Number(details.count ?? 0));
    case 'imported':
      return w.importedWhat(thing(), Number(details.added ?? 0), Number(details.changed ?? 0), Number(details.skipped ?? 0));
    case 'conversation_taken':
      return text('from') === '' ? w.takenFree : w.takenFrom(named(text('from')));
    case 'conversation_handed_over': {
      const to = text('to');
      return w.handedTo((w.receivers as Readonly<Record<string, string>>)[to] ?? named(to));
    }
    case 'finding_overridden': {
      const where = text('where') === 'phrase' ? w.inPhrase : w.inReply;
      const rules = text('rules')
        .split(/[ ,]+/)
        .filter((id) => id !== '');
      return `${where} · ${rules.map((id) => (w.rules as Readonly<Record<string, string>>)[id] ?? id).join(w.comma)}`;
    }
    case 'logout':
      return '';
  }
}
