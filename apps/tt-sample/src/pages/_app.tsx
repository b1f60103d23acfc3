import '../styles/globals.css'
import type {AppProps} from 'next/app'
import {RouteLoading} from '../components/route-loading'

export default function App({Component, pageProps}: AppProps) {
  return (
    <>
      <RouteLoading />
      <Component {...pageProps} />
    </>
  )
}
