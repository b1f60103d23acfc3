import { dockerVersions } from '../docker/compose-project.ts'
import { type DockerProbe, hasImages, probeDocker } from '../docker/probe-docker.ts'
import type { InngestSource } from '../inngest/pick-inngest.ts'
import type { MysqlSource } from '../mysql/pick-mysql.ts'
import type { Attempt } from './first-that-works.ts'

/** What Docker is asked; the real one unless told. */
export interface DockerQuestions {
  /** @param limitMs how long it may take; undefined: no longer than a person would like to wait */
  probe: (limitMs?: number) => Promise<DockerProbe>
  hasImages: (which: 'mysql' | 'inngest') => Promise<boolean>
}

/** Whether Docker can bring a part. `pulls`: whether it may fetch its images, which takes minutes and gigabytes. */
export interface DockerAttempts {
  mysql: (pulls: boolean) => Promise<Attempt<MysqlSource>>
  inngest: (pulls: boolean) => Promise<Attempt<InngestSource>>
}

async function attempt(
  which: 'mysql' | 'inngest',
  what: string,
  version: string,
  { probe, questions, pulls }: { probe: DockerProbe; questions: DockerQuestions; pulls: boolean },
): Promise<Attempt<{ kind: 'docker' }>> {
  if (!probe.ok) return probe
  if (which === 'inngest' && probe.engine === 'rootless') {
    return {
      ok: false,
      reason: 'a rootless Docker can’t call the apps on this machine',
      nextStep: 'Use an ordinary Docker daemon, --real, or --inngest=embedded.',
    }
  }
  if (!pulls && !(await questions.hasImages(which))) {
    return {
      ok: false,
      reason: `Docker answers, but its image is not here yet (--${which}=docker fetches it)`,
      nextStep: `Use --${which}=docker.`,
    }
  }
  return { ok: true, what: `${what} ${version}, Docker`, version, source: { kind: 'docker' } }
}

/** Whoever asked for Docker, or has nothing else, waits for one that is waking up, or for a machine that is busy. */
const PATIENT_LIMIT_MS = 20_000

/**
 * Asks Docker once whether it answers; what it can bring follows from that and from the images that are here.
 *
 * @param patient whether its answer is worth waiting for
 */
export async function tryDocker(
  { patient }: { patient: boolean },
  questions: DockerQuestions = {
    probe: (limitMs) => probeDocker(limitMs === undefined ? {} : { limitMs }),
    hasImages,
  },
): Promise<DockerAttempts> {
  const probe = await questions.probe(patient ? PATIENT_LIMIT_MS : undefined)
  return {
    mysql: (pulls) => attempt('mysql', 'MySQL', dockerVersions.mysql, { probe, questions, pulls }),
    inngest: (pulls) =>
      attempt('inngest', 'Inngest server', dockerVersions.inngest.replace(/^v/, ''), {
        probe,
        questions,
        pulls,
      }),
  }
}
