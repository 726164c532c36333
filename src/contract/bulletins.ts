import { z } from 'zod';
import { channelIdSchema } from './activity';
import { areaSchema } from './incidents';

/**
 * An emergency bulletin: what the bot tells the customers of some places before it answers them, for some hours. It stands
 * outside of the content and its versions. Times are milliseconds since 1970 UTC.
 */

/** So many at once; more would bury each other. */
export const MAX_LIVE_BULLETINS = 5;
export const DEFAULT_BULLETIN_MINUTES = 240;

/** Neither markup, which some channels would draw as a link, nor what cannot be seen or turns a line around. */
const line = (length: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(length)
    .regex(/^[^<>\p{C}\p{Zl}\p{Zp}]*$/u, 'one line without "<", ">" and invisible characters');

/** English speakers are told the Chinese where there is no English. */
export const bulletinTextSchema = z.strictObject({ zh: line(200), en: line(400).nullable().default(null) });
export type BulletinText = z.infer<typeof bulletinTextSchema>;

const name = z.string().min(1).max(40);
/** A province, a city, a district or a service area of `intents/entities/areas.yaml`, by its Chinese names. */
export const bulletinPlaceSchema = z.strictObject({
  province: name,
  city: name.nullable().default(null),
  district: name.nullable().default(null),
  area: areaSchema.nullable().default(null),
});
export type BulletinPlace = z.infer<typeof bulletinPlaceSchema>;
/** The same place has the same key. */
export const placeKey = ({ province, city, district, area }: BulletinPlace): string =>
  JSON.stringify([province, city, district, area]);

/** `POST /admin/bulletins` */
export const newBulletinSchema = z.strictObject({
  /** Made by the page: the same id again changes nothing. */
  id: z.uuid(),
  text: bulletinTextSchema,
  /** Empty: everywhere. */
  places: z.array(bulletinPlaceSchema).max(20).default([]),
  /** Null: all. */
  channels: z.array(channelIdSchema).min(1).max(10).nullable().default(null),
  /** How long it is told, by the clock of the server: a phone's may be wrong. */
  minutes: z.number().int().min(15).max(2880).default(DEFAULT_BULLETIN_MINUTES),
});
export type NewBulletin = z.infer<typeof newBulletinSchema>;

export const bulletinSchema = z.object({
  id: z.string(),
  text: z.object({ zh: z.string(), en: z.string().nullable() }),
  places: z.array(bulletinPlaceSchema),
  channels: z.array(channelIdSchema).nullable(),
  at: z.coerce.number(),
  untilAt: z.coerce.number(),
});
export type Bulletin = z.infer<typeof bulletinSchema>;

export const listedBulletinSchema = bulletinSchema.extend({
  byName: z.string(),
  /** When somebody ended it before its time; null for who did not. */
  endedAt: z.coerce.number().nullable(),
  endedByName: z.string().nullable(),
});
export type ListedBulletin = z.infer<typeof listedBulletinSchema>;

/** What a conversation has been told in a session. `sessionId` is null after the greeting, before a session begins. */
export const toldBulletinsSchema = z.object({ sessionId: z.string().nullable(), ids: z.array(z.string()) });

/** A place with all that lies in it, to choose from. */
export interface PlaceChoice {
  place: BulletinPlace;
  name: { zh: string; en: string };
  within: PlaceChoice[];
}

/** `GET /admin/bulletins`: what is told now and was told lately, the newest first. */
export interface BulletinPage {
  bulletins: ListedBulletin[];
  places: PlaceChoice[];
  /** The server's clock, and the zone of the operator. */
  now: number;
  timeZone: string;
}

/** `POST /admin/bulletins/preview`: what customers of each channel would have before them. */
export const bulletinPreviewRequestSchema = z.strictObject({ text: bulletinTextSchema });
export interface BulletinPreview {
  said: { channel: string; locale: 'zh' | 'en'; texts: string[] }[];
}

/** What an agent sees of one that concerns the customer of a conversation. */
export interface BulletinForAgent {
  id: string;
  text: BulletinText;
  untilAt: number;
  /** Whether the bot has told the customer in this session. */
  isTold: boolean;
}
