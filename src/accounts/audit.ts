import { v7 as uuid } from 'uuid';
import type { Database } from '../records/database';

/** Who did what to what. Names things by their ids: no personal data in any of the texts. */
export interface AuditEntry {
  /** Null for what nobody signed in did. */
  accountId: string | null;
  action:
    | 'account.add'
    | 'account.change'
    | 'account.link'
    | 'account.lock'
    | 'account.no-second-factor'
    | 'account.open-id'
    | 'account.recovery-code'
    | 'account.second-factor'
    | 'account.set-password'
    | 'account.sign-in'
    | 'account.sign-in.end'
    | 'account.sign-out'
    | 'account.skills'
    | 'bulletin.end'
    | 'bulletin.publish'
    | 'channel.change'
    | 'channel.remove'
    | 'conversation.beyond-capacity'
    | 'conversation.invite'
    | 'conversation.leave'
    | 'content.approve'
    | 'content.publish'
    | 'content.refuse'
    | 'content.roll-back'
    | 'content.roll-out'
    | 'content.schedule'
    | 'content.schedule.end'
    | 'content.schedule.fail'
    | 'content.stop'
    | 'content.take'
    | 'content.token'
    | 'content.token.end'
    | 'conversation.recall'
    | 'conversation.reveal'
    | 'customer.link'
    | 'customer.merge'
    | 'customer.page'
    | 'customer.unlink'
    | 'conversation.reassign'
    | 'conversation.take-over'
    | 'desk.broadcast'
    | 'desk.broadcast.end'
    | 'desk.presence'
    | 'incident.confirm'
    | 'incident.declare'
    | 'incident.dismiss'
    | 'incident.recover'
    | 'incident.update'
    | 'message.dismiss'
    | 'quality.appeal'
    | 'quality.decide'
    | 'quality.review'
    | 'roster.import'
    | 'task.add'
    | 'task.done'
    | 'task.pass'
    | 'work-order.create'
    | 'work-order.reveal'
    | 'work-order.technician'
    | 'work-order.transition';
  /** `account:<id>`, `broadcast:<id>`, `bulletin:<id>`, `channel:<vendor>/<name>`, `content:<version>`, `content-token:<id>`, `conversation:<id>`, `customer:<id>`, `incident:<id>`, `messages`, `roster:<digest>`, `stretch:<id>`, `task:<id>`, `work-order:<number>` */
  subject: string;
  note?: string;
  at: number;
}

/** Adds an entry, in the transaction of what it tells about when one is passed. */
export async function writeAudit(db: Database, entry: AuditEntry): Promise<void> {
  const { accountId, action, subject, note, at } = entry;
  await db
    .insertInto('audit')
    .values({ id: uuid(), at: String(at), account_id: accountId, action, subject, note: note ?? null })
    .execute();
}
