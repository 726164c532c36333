import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import { useState } from 'react';
import { type BulletinPlace, type PlaceChoice, placeKey } from '../../../../contract/bulletins';
import { isCovered, nameOfPlace, withPlace } from '../../state/place-names';
import { useAdmin } from '../context';

interface ChooseProps {
  choices: PlaceChoice[];
  names: Map<string, string>;
  chosen: BulletinPlace[];
  change: (chosen: BulletinPlace[]) => void;
}

/** Provinces, cities, districts and service areas, each a row that a thumb can hit. */
export function ChoosePlaces({ choices, names, chosen, change }: ChooseProps) {
  const { bulletins } = useAdmin().words;
  const without = (place: BulletinPlace) => chosen.filter((each) => placeKey(each) !== placeKey(place));
  return (
    <>
      {chosen.length > 0 && (
        <ul className="chosen-places" aria-label={bulletins.chosen}>
          {chosen.map((place) => {
            const name = nameOfPlace(names, place);
            return (
              <li key={placeKey(place)}>
                <Button aria-label={bulletins.remove(name)} onClick={() => change(without(place))}>
                  {name} ✕
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <ul className="place-rows">
        {choices.map((choice) => (
          <PlaceRow
            key={placeKey(choice.place)}
            {...{ choice, chosen, change }}
            isOpenAtFirst={choices.length === 1}
          />
        ))}
      </ul>
    </>
  );
}

interface RowProps extends Pick<ChooseProps, 'chosen' | 'change'> {
  choice: PlaceChoice;
  isOpenAtFirst: boolean;
}

function PlaceRow({ choice, chosen, change, isOpenAtFirst }: RowProps) {
  const { words, settings } = useAdmin();
  const { bulletins } = words;
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const { place, within } = choice;
  const name = choice.name[settings.locale];
  const isIn = isCovered(place, chosen);
  const isChosen = chosen.some((each) => placeKey(each) === placeKey(place));
  return (
    <li>
      <div className="place-row">
        <Checkbox
          checked={isIn || isChosen}
          disabled={isIn}
          onChange={({ target }) =>
            change(
              target.checked
                ? withPlace(chosen, place)
                : chosen.filter((each) => placeKey(each) !== placeKey(place)),
            )
          }
        >
          {name}
        </Checkbox>
        {within.length > 0 && (
          <Button
            type="text"
            aria-expanded={isOpen}
            aria-label={isOpen ? bulletins.shut(name) : bulletins.open(name)}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? '▾' : '▸'}
          </Button>
        )}
      </div>
      {isOpen && within.length > 0 && (
        <ul>
          {within.map((each) => (
            <PlaceRow
              key={placeKey(each.place)}
              choice={each}
              {...{ chosen, change }}
              isOpenAtFirst={false}
            />
          ))}
        </ul>
      )}
    </li>
  );
}
