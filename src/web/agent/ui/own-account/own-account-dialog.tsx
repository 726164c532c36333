import Modal from 'antd/es/modal';
import { useDesk } from '../context';
import { usePage } from '../page';
import { PasswordForm } from './password-form';
import { SecondFactor } from './second-factor';
import { SignInList } from './sign-in-list';

/** One's own password, authenticator app and sign-ins. */
export function OwnAccountDialog() {
  const { own } = useDesk().words;
  const page = usePage();
  return (
    <Modal
      open={page.overlay === 'own-account'}
      title={own.title}
      footer={null}
      onCancel={() => page.show(null)}
      destroyOnHidden
    >
      <SecondFactor />
      <PasswordForm />
      <SignInList />
    </Modal>
  );
}
