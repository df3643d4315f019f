import type { App } from '@osiris/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { ApiError } from '../api/api-error';
import { appsApi, type RegisterAppRequest } from '../api/apps.api';
import { keys } from '../api/query-keys';
import { usePageTitle } from '../layout/use-page-title';
import type { WatchState } from '../watch/use-auto-launch';
import { watchPath } from '../watch/watch-path';
import { emptyForm, fieldErrors, type RegisterForm, requestOf } from './register-form';
import { RegisterField } from './register-field';
import styles from './register.module.css';

function useRegister() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation<App, ApiError, RegisterAppRequest>({
    mutationFn: (body) => appsApi.register(body),
    onSuccess(app) {
      client.setQueryData(keys.app(app.slug), app);
      void client.invalidateQueries({ queryKey: keys.apps });
      void navigate(watchPath(app.slug), { state: { launchWhenBuilt: true } satisfies WatchState });
    },
  });
}

export function RegisterPage() {
  usePageTitle('Register');
  const [params] = useSearchParams();
  const [form, setForm] = useState<RegisterForm>({ ...emptyForm, repoUrl: params.get('url') ?? '' });
  const register = useRegister();
  const errors = fieldErrors(register.error);
  const first = useRef<HTMLInputElement>(null);
  const fieldOf = (name: keyof RegisterForm) => ({
    value: form[name],
    error: errors[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
  });

  useEffect(() => first.current?.focus(), []);

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (form.repoUrl.trim() !== '') register.mutate(requestOf(form));
  };

  return (
    <div className={styles.page}>
      <h1>Put an app on the shelf</h1>
      <p className={styles.lead}>The address of a git repository with a Dockerfile is all it takes. You watch it being fetched, read, built and started.</p>
      <form onSubmit={onSubmit} noValidate>
        <div className={styles.main}>
          <RegisterField ref={first} large label="Repository address" placeholder="https://github.com/owner/name" inputMode="url" {...fieldOf('repoUrl')} />
          <button type="submit" disabled={register.isPending || form.repoUrl.trim() === ''}>
            {register.isPending ? 'Registering…' : 'Register'}
          </button>
        </div>
        <p className={styles.also}>
          A folder on the hub’s own machine can be given as <code>file:///path/to/repository</code>, where its operator allows it
          (GIT_ALLOWED_ROOTS).
        </p>
        {errors.form && (
          <p className={styles.error} role="alert">
            {errors.form}
          </p>
        )}
        <details className={styles.more} open={Boolean(errors.ref ?? errors.dockerfilePath ?? errors.name ?? errors.tags) || undefined}>
          <summary>Options</summary>
          <div className={styles.fields}>
            <RegisterField label="Branch or tag" placeholder="the default branch" {...fieldOf('ref')} />
            <RegisterField label="Dockerfile" placeholder="Dockerfile" {...fieldOf('dockerfilePath')} />
            <RegisterField label="Name" placeholder="as the repository calls itself" {...fieldOf('name')} />
            <RegisterField label="Tags" placeholder="kind:game mood:calm" note="key:value, with blanks between" {...fieldOf('tags')} />
          </div>
        </details>
      </form>
    </div>
  );
}
