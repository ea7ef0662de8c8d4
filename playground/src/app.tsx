import { GradingProvider } from './lab/grading-provider.tsx';
import { LabProvider } from './lab/lab-provider.tsx';
import { Frame } from './layout/frame.tsx';

export function App() {
  return (
    <LabProvider>
      <GradingProvider>
        <Frame />
      </GradingProvider>
    </LabProvider>
  );
}
