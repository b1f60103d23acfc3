import type {GetServerSideProps} from 'next'
import {ButtonLink} from '../components/button'
import {firstValue} from '../components/first-value'
import {Layout} from '../components/layout'
import {PageTitle} from '../components/page-title'
import {signInProblem} from '../components/sign-in-problem'

interface Props {
  problem: string
}

export const getServerSideProps: GetServerSideProps<Props> = async ({query}) => {
  return {props: {problem: firstValue(query.error)}}
}

/** Nothing here asks who is looking: this page must come up when exactly that is broken. */
export default function AuthErrorPage({problem}: Props) {
  const {title, detail} = signInProblem(problem)
  return (
    <Layout title={title} viewer={undefined} width="reading">
      <PageTitle eyebrow="catch (error)" title={title}>
        <p>{detail}</p>
      </PageTitle>
      <ButtonLink href="/sign-in">Back to sign-in</ButtonLink>
    </Layout>
  )
}
