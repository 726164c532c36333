import {
  Background,
  Controls,
  type Edge,
  MarkerType,
  type NodeMouseHandler,
  type OnConnect,
  type OnReconnect,
  ReactFlow,
} from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import { connectStep } from '../../../../dialogs/edit/edit-steps';
import { type GraphEdge, graphOf } from '../../../../dialogs/edit/graph';
import type { Path } from '../../../../dialogs/edit/yaml-places';
import type { Dialog } from '../../../../dialogs/schema';
import { targetsOf } from '../../../../dialogs/step-parts';
import { countFlow } from '../../state/flow-counts';
import { NODE, placeSteps } from '../../state/layout';
import { speakCondition, speakStep } from '../../state/speak-step';
import { useAdmin } from '../context';
import { StepNode, type StepNodeType } from './step-node';
import type { DialogFile } from './use-file';
import { useWays } from './use-ways';

const nodeTypes = { step: StepNode };
const LABEL_LENGTH = 26;

const short = (text: string): string =>
  text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH)}…` : text;

interface CanvasProps {
  file: DialogFile;
  dialog: Dialog;
  selected: string | null;
  onSelect: (id: string | null) => void;
}

/** The dialog as a flow: steps are laid out by themselves, and led elsewhere by dragging. */
export function Canvas({ file, dialog, selected, onSelect }: CanvasProps) {
  const { words, settings } = useAdmin();
  const { nodes, edges } = useFlow(file, dialog, selected);
  const { edit } = file;
  const lead = useCallback(
    (from: string | null, way: Path | undefined, to: string | null) => {
      if (from === null || to === null || !way) return;
      edit((text) => connectStep(text, from, way, to), `lead ${from}`);
    },
    [edit],
  );
  const onConnect: OnConnect = ({ source, target }) => {
    const step = dialog.steps.find(({ id }) => id === source);
    lead(source, step && (targetsOf(step)[0]?.[0] as Path | undefined), target);
  };
  const onReconnect: OnReconnect = (edge, { source, target }) => {
    if (source === edge.source) lead(source, edge.data?.path as Path | undefined, target);
  };
  const onNodeClick: NodeMouseHandler = (_, { id }) => onSelect(id);
  return (
    <section className="canvas" aria-label={words.dialogs.canvas}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={settings.theme}
        fitView
        fitViewOptions={{ maxZoom: 1, minZoom: 0.55, nodes: nodes.slice(0, 7) }}
        minZoom={0.15}
        maxZoom={1.5}
        nodesDraggable={false}
        deleteKeyCode={null}
        onNodeClick={onNodeClick}
        onPaneClick={() => onSelect(null)}
        onConnect={onConnect}
        onReconnect={onReconnect}
        onNodesChange={(changes) => {
          for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id);
        }}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={22} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function useFlow({ problems }: DialogFile, dialog: Dialog, selected: string | null) {
  const { words, settings } = useAdmin();
  const taken = useWays(dialog.id);
  const { locale } = settings;
  const { dialogs } = words;
  const graph = useMemo(() => graphOf(dialog), [dialog]);
  const places = useMemo(() => placeSteps(graph), [graph]);
  const counts = useMemo(() => taken && countFlow(graph, taken), [graph, taken]);
  const nodes = useMemo(
    () =>
      graph.nodes.map(({ id, step, isFirst, entries }, i): StepNodeType => {
        const own = problems.filter(({ path }) => path.startsWith(`steps.${i}.`)).length;
        const marks = [...(isFirst ? [dialogs.first] : []), ...entries.map(dialogs.entry)];
        const kind = dialogs.kinds[step.type];
        return {
          id,
          type: 'step',
          position: places.get(id) ?? { x: 0, y: 0 },
          width: NODE.width,
          height: NODE.height,
          selected: id === selected,
          ariaLabel: `${kind} ${id}`,
          data: {
            id,
            type: step.type,
            kind,
            said: speakStep(step, dialog, locale),
            marks,
            problems: own,
            isLast: targetsOf(step).length === 0,
            counted: dialogs.counted(counts?.steps.get(id) ?? null),
          },
        };
      }),
    [graph, places, problems, selected, dialog, dialogs, locale, counts],
  );
  const edges = useMemo(() => {
    const labelOf = ({ kind, condition }: GraphEdge) =>
      condition ? short(speakCondition(condition, dialog, locale)) : dialogs.edges[kind];
    return graph.edges.map((edge): Edge => {
      const isOfSelected = selected !== null && (edge.from === selected || edge.to === selected);
      return {
        id: edge.id,
        source: edge.from,
        target: edge.to,
        label: [labelOf(edge), counts?.edges.get(edge.id)].filter(Boolean).join(' · ') || undefined,
        className: `way of-${edge.kind}${isOfSelected ? ' is-near' : ''}`,
        markerEnd: { type: MarkerType.ArrowClosed },
        reconnectable: 'target',
        focusable: false,
        zIndex: isOfSelected ? 1 : 0,
        data: { path: edge.path },
      };
    });
  }, [graph, selected, dialog, dialogs, locale, counts]);
  return { nodes, edges };
}
