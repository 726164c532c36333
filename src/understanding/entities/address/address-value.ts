/** The parts of an address, each as the customer wrote its number or name. */
export interface AddressValue {
  /** All parts that were said, in order, as one line. */
  full: string;
  province?: string;
  city?: string;
  district?: string;
  town?: string;
  road?: string;
  number?: string;
  /** An estate, a village, a campus, an office block. */
  community?: string;
  building?: string;
  unit?: string;
  floor?: string;
  room?: string;
  /** Id of the service area in which it lies, from `intents/entities/areas.yaml`. */
  area?: string;
  /** Parts that were not said but follow from a street or an estate of `areas.yaml`; `full` is without them. */
  inferred?: Part[];
}
export type Part = Exclude<keyof AddressValue, 'full' | 'area' | 'inferred'>;

/** A part of an address where it stands in the text. */
export interface Piece {
  part: Part;
  text: string;
  start: number;
  end: number;
}

/** The pieces as an address; `separator` stands between them in its line. */
export const addressOf = (pieces: Piece[], separator = ''): AddressValue => ({
  full: pieces.map(({ text }) => text).join(separator),
  ...Object.fromEntries(pieces.map(({ part, text }) => [part, text])),
});
