import { render } from 'preact';
import { createApi } from '../shared/call';
import { Board } from './board';

render(<Board api={createApi('')} />, document.getElementById('root') ?? document.body);
