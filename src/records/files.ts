import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { AppError } from '../errors';

/** Kinds of files that are kept, by extension. */
export const FILE_TYPES = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  amr: 'audio/amr',
  mp4: 'video/mp4',
} as const;
export type FileExtension = keyof typeof FILE_TYPES;

/** Where the bytes of uploads live. Stores and logs hold ids only: `<sha256>.<extension>`. */
export interface FileStore {
  /** Durable once it returns; the same bytes have the same id. */
  put(bytes: Buffer, extension: FileExtension): Promise<string>;
  /** Throws `not-found`. */
  get(id: string): Promise<{ bytes: Buffer; contentType: string }>;
}

const ID = /^([0-9a-f]{2})[0-9a-f]{62}\.(jpg|png|webp|pdf|amr|mp4)$/;

/** A folder of this node's disk. Several nodes need a shared bucket instead. */
export function createFolderFileStore(folder: string): FileStore {
  const pathOf = (id: string): { dir: string; file: string; extension: FileExtension } => {
    const match = ID.exec(id);
    if (!match) throw new AppError('not-found', 'There is no such file.');
    // The pattern allows only extensions of the type.
    return {
      dir: join(folder, match[1] ?? ''),
      file: join(folder, match[1] ?? '', id),
      extension: match[2] as FileExtension,
    };
  };
  return {
    async put(bytes, extension) {
      const id = `${createHash('sha256').update(bytes).digest('hex')}.${extension}`;
      const { dir, file } = pathOf(id);
      if (
        await stat(file).then(
          () => true,
          () => false,
        )
      )
        return id;
      await mkdir(dir, { recursive: true });
      const draft = join(dir, `.${uuid()}`);
      const handle = await open(draft, 'wx', 0o600);
      await handle.writeFile(bytes);
      await handle.sync();
      await handle.close();
      await rename(draft, file);
      const parent = await open(dir, 'r');
      await parent.sync();
      await parent.close();
      return id;
    },
    async get(id) {
      const { file, extension } = pathOf(id);
      const bytes = await readFile(file).catch((error) => {
        throw new AppError('not-found', 'There is no such file.', { cause: error });
      });
      return { bytes, contentType: FILE_TYPES[extension] };
    },
  };
}

/** Seconds that a signed address of a file works. */
export const FILE_URL_SECONDS = 600;

export interface FileSigner {
  sign(id: string): string;
  /** Throws `forbidden` for an address that has expired or was not signed here. */
  check(id: string, expires: string, signature: string): void;
}

export function createFileSigner(key: string, baseUrl: () => string, clock: () => number): FileSigner {
  const mac = (id: string, expires: string) =>
    createHmac('sha256', key).update(`file\0${id}\0${expires}`).digest();
  return {
    sign(id) {
      const expires = String(Math.floor(clock() / 1000) + FILE_URL_SECONDS);
      return `${baseUrl()}/files/${id}?e=${expires}&s=${mac(id, expires).toString('base64url')}`;
    },
    check(id, expires, signature) {
      const given = Buffer.from(signature, 'base64url');
      const wanted = mac(id, expires);
      const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted);
      if (!isOurs || Number(expires) * 1000 < clock()) {
        throw new AppError(
          'forbidden',
          'This address has expired. Open the conversation again to get a new one.',
        );
      }
    },
  };
}
