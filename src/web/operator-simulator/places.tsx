import type { ComponentChildren } from 'preact';

/** A part of an address, or the id of a service area; known ones are offered. */
export function PlaceField(props: { label: string; place: string; onPlace: (place: string) => void }) {
  const { label, place, onPlace } = props;
  return (
    <label>
      {label}
      <input
        required
        maxLength={100}
        list="places"
        value={place}
        onInput={(event) => onPlace(event.currentTarget.value)}
      />
    </label>
  );
}

/** A place that was steered, how it stands, and the way back to what is simulated. */
export function PlaceRow(props: {
  place: string;
  standing: ComponentChildren;
  isBusy: boolean;
  onForget: () => void;
  children?: ComponentChildren;
}) {
  const { place, standing, isBusy, onForget, children } = props;
  return (
    <li>
      <span class="grow">
        <strong>{place}</strong>
        {standing}
      </span>
      {children}
      <button type="button" class="act" disabled={isBusy} onClick={onForget}>
        恢复默认
      </button>
    </li>
  );
}
