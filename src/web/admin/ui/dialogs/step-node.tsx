import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';

export type StepNodeData = {
  id: string;
  type: string;
  kind: string;
  said: string;
  /** Where it is come to from: the start, or words that lead here. */
  marks: string[];
  problems: number;
  isLast: boolean;
  /** How many came here lately and went no further; empty while nobody came. */
  counted: string;
};
export type StepNodeType = Node<StepNodeData, 'step'>;

/** One step of the flow: its kind, its name, and what it says or does. */
export const StepNode = memo(function StepNode({ data, selected }: NodeProps<StepNodeType>) {
  const { id, type, kind, said, marks, problems, isLast, counted } = data;
  return (
    <div
      className={`step-node of-${type}${selected ? ' is-selected' : ''}${problems > 0 ? ' has-problem' : ''}`}
    >
      <Handle type="target" position={Position.Top} />
      <p className="step-head">
        <b>{kind}</b>
        <code>{id}</code>
        {problems > 0 && <span className="step-problems">{problems}</span>}
      </p>
      <p className="step-said">{said}</p>
      {counted && <p className="step-counted">{counted}</p>}
      {marks.length > 0 && <p className="step-marks">{marks.join(' · ')}</p>}
      {!isLast && <Handle type="source" position={Position.Bottom} />}
    </div>
  );
});
