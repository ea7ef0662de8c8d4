import { GradingProvider } from './lab-client/grading-provider.tsx';
import { LabProvider } from './lab-client/lab-provider.tsx';
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
